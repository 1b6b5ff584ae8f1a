import { TOKEN_USER } from '../qualifications.mts';
import type { State } from '../state.mts';
import { utc } from '../times.mts';
import type {
	ColumnDefinition,
	FieldDefinition,
	FieldType,
	OwnerEntityType,
	QualificationType,
} from '../types.mts';
import type { Random } from './random.mts';

interface FieldPlan {
	label: string;
	type: FieldType;
	required?: boolean;
	options?: string[];
	decimals?: number;
	time?: 'datetime' | 'date' | 'time';
	columns?: FieldPlan[];
}

interface TypePlan {
	name: string;
	entityType: OwnerEntityType;
	fields: FieldPlan[];
}

const CLASSES = ['Class A', 'Class B', 'Class C', 'Non CDL'];

const PLANS: TypePlan[] = [
	{
		name: 'Driver License',
		entityType: 'worker',
		fields: [
			{ label: 'License Number', type: 'text', required: true },
			{ label: 'Issuing State', type: 'text' },
			{ label: 'Class', type: 'multiple_choice', options: CLASSES },
			{ label: 'Endorsements', type: 'check_boxes', options: ['H', 'N', 'P', 'T', 'X'] },
			{ label: 'Photo', type: 'media' },
		],
	},
	{
		name: 'Medical Card',
		entityType: 'worker',
		fields: [
			{ label: 'Examiner Name', type: 'text', required: true },
			{ label: 'Registry Number', type: 'text' },
			{ label: 'Examination Date', type: 'datetime', time: 'date' },
			{
				label: 'Restrictions',
				type: 'check_boxes',
				options: ['Corrective lenses', 'Hearing aid', 'Intrastate only'],
			},
			{ label: 'Scan', type: 'media' },
			{ label: 'Signature', type: 'signature' },
		],
	},
	{
		name: 'Hazmat Certificate',
		entityType: 'worker',
		fields: [
			{ label: 'Certificate Number', type: 'text', required: true },
			{ label: 'Training Provider', type: 'text' },
			{ label: 'Training Hours', type: 'number', decimals: 1 },
			{ label: 'Completed On', type: 'datetime', time: 'date' },
		],
	},
	{
		name: 'Training Record',
		entityType: 'worker',
		fields: [
			{ label: 'Course', type: 'text', required: true },
			{
				label: 'Sessions',
				type: 'table',
				columns: [
					{ label: 'Topic', type: 'text' },
					{ label: 'Score', type: 'number', decimals: 1 },
					{ label: 'Outcome', type: 'multiple_choice', options: ['Passed', 'Repeat'] },
					{ label: 'Materials', type: 'check_boxes', options: ['Slides', 'Video', 'Handbook'] },
					{ label: 'Held At', type: 'datetime', time: 'datetime' },
					{ label: 'Trainer', type: 'person' },
					{ label: 'Badge', type: 'barcode' },
					{ label: 'Slides', type: 'media' },
					{ label: 'Trainer Signature', type: 'signature' },
				],
			},
		],
	},
	{
		name: 'Site Access Pass',
		entityType: 'worker',
		fields: [
			{ label: 'Read this first', type: 'instruction' },
			{ label: 'Pass Number', type: 'text', required: true },
			{ label: 'Assigned Vehicle', type: 'asset' },
			{ label: 'Supervisor', type: 'person' },
			{ label: 'Site', type: 'geofence' },
		],
	},
	{
		name: 'Language Certificate',
		entityType: 'worker',
		fields: [
			{ label: 'Language', type: 'text', required: true },
			{ label: 'Score', type: 'number', decimals: 0 },
			{ label: 'Score', type: 'number', decimals: 0 },
		],
	},
	{
		name: 'Vehicle Registration',
		entityType: 'asset',
		fields: [
			{ label: 'Plate', type: 'text', required: true },
			{ label: 'State', type: 'multiple_choice', options: ['WA', 'OR', 'CA', 'ID'] },
			{ label: 'Registration Card', type: 'media' },
		],
	},
	{
		name: 'Annual Inspection',
		entityType: 'asset',
		fields: [
			{ label: 'Odometer', type: 'number', required: true, decimals: 0 },
			{ label: 'Inspection Date', type: 'datetime', time: 'date' },
			{ label: 'Start Time', type: 'datetime', time: 'time' },
			{ label: 'Finished At', type: 'datetime', time: 'datetime' },
			{ label: 'Result', type: 'multiple_choice', options: ['Pass', 'Pass with defects', 'Fail'] },
			{ label: 'Inspector', type: 'text' },
		],
	},
];

/** Creates eight qualification types, two of which have properties that are difficult for a connector. */
export function seedTypes(state: State, random: Random, today: Date): void {
	const time = utc(today.getTime() - 500 * 24 * 3600 * 1000);
	for (const { name, entityType, fields } of PLANS) {
		const type: QualificationType = {
			id: random.uuid(),
			name,
			revisionId: random.uuid(),
			entityType,
			createdAtTime: time,
			createdBy: TOKEN_USER,
			updatedAtTime: time,
			updatedBy: TOKEN_USER,
			fields: fields.map((plan) => field(plan, random)),
		};
		state.qualificationTypes.set(type.id, type);
	}
}

function field(plan: FieldPlan, random: Random): FieldDefinition {
	const definition: FieldDefinition = {
		...column(plan, random),
		isRequired: plan.required ?? false,
	};
	if (plan.columns !== undefined) {
		definition.columns = plan.columns.map((inner) => column(inner, random));
	}
	if (plan.type === 'asset') definition.allowedAssetTypes = ['vehicle'];
	return definition;
}

function column({ label, type, options, decimals, time }: FieldPlan, random: Random) {
	const definition: ColumnDefinition = { id: random.uuid(), label, type };
	if (options !== undefined) {
		definition.options = options.map((option) => ({ id: random.uuid(), label: option }));
	}
	if (decimals !== undefined) definition.numDecimalPlaces = decimals;
	if (time !== undefined) definition.allowedDateTimeValueType = time;
	if (type === 'person') {
		Object.assign(definition, {
			allowManualEntry: true,
			includeDrivers: true,
			includeUsers: false,
		});
	}
	return definition;
}
