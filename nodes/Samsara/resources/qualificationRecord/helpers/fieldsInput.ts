import type { INodeProperties } from 'n8n-workflow';
import type { QualificationType, RecordFieldInput } from '../../../api/types';
import { parseJson, type Item } from '../../../execution/item';
import { Files } from '../../../fields/qualification/files';
import { formFields, isBlank } from '../../../fields/qualification/formFields';
import { readFormFields, requireFields } from '../../../fields/qualification/formInput';
import { toApiField } from '../../../fields/qualification/toApiField';
import { jsonFields } from '../../../fields/qualification/jsonInput';
import { InvalidInputError } from '../../../common/errors';

const fieldsMode: INodeProperties = {
	displayName: 'Fields Input',
	name: 'fieldsMode',
	type: 'options',
	options: [
		{
			name: 'Form',
			value: 'form',
			description:
				'Fill in the fields of the qualification type one by one, or match columns to them',
		},
		{
			name: 'JSON',
			value: 'json',
			description:
				"Give an object of field labels and values, or a list in the form of Samsara's API",
		},
	],
	default: 'form',
	description: 'How the fields of the qualification type are given',
};

const fieldsJson: INodeProperties = {
	displayName: 'Fields (JSON)',
	name: 'fieldsJson',
	type: 'json',
	default: '{}',
	displayOptions: { show: { fieldsMode: ['json'] } },
	description:
		'An object of field labels and values, e.g. {"Card Number": "MC-20418", "Result": "Passed"}, or the list of fields as Samsara\'s API takes it',
};

const fieldsHint: INodeProperties = {
	displayName:
		'For a file, enter the name of the binary field of the input, e.g. data. Several files or choices have commas between them. A table is a list of rows, e.g. [{"Topic": "Brakes"}].',
	name: 'fieldsHint',
	type: 'notice',
	default: '',
	displayOptions: { show: { fieldsMode: ['form'] }, hide: { qualificationType: [''] } },
};

/** The fields of a new record, drawn from the chosen type. */
export const fieldProperties: INodeProperties[] = [
	fieldsMode,
	fieldsHint,
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { fieldsMode: ['form'] }, hide: { qualificationType: [''] } },
		description:
			'The fields of the qualification type. Automatic mapping takes the columns of the input that have the name of a field, in any case, and ignores the others.',
		typeOptions: {
			loadOptionsDependsOn: ['qualificationType.value'],
			resourceMapper: {
				resourceMapperMethod: 'getQualificationFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				valuesLabel: 'Fields',
				noFieldsError: 'There are no fields to show.',
				addAllFields: true,
				supportAutoMap: true,
				multiKeyMatch: false,
			},
		},
	},
	fieldsJson,
];

/** The fields to change: the same form, with nothing required. */
export const updateFieldProperties: INodeProperties[] = [
	fieldsMode,
	fieldsHint,
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { fieldsMode: ['form'] }, hide: { qualificationType: [''] } },
		description:
			'The fields to change. An empty input leaves its field as it is. Automatic mapping takes the columns of the input that have the name of a field, in any case, and ignores the others.',
		typeOptions: {
			loadOptionsDependsOn: ['qualificationType.value'],
			resourceMapper: {
				resourceMapperMethod: 'getChangeableQualificationFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				valuesLabel: 'Fields',
				noFieldsError: 'There are no fields to show.',
				addAllFields: true,
				supportAutoMap: true,
				multiKeyMatch: false,
			},
		},
	},
	fieldsJson,
];

/** The fields that an item gives, ready to be sent, and the sizes of their files. */
export interface FieldsInput {
	fields: RecordFieldInput[];
	files: Files;
	/** @throws InvalidInputError naming the required fields that are not given */
	requireAll(): void;
}

/** Reads the fields of an item against their type. @throws InvalidInputError */
export async function readFields(item: Item, type: QualificationType): Promise<FieldsInput> {
	const defined = type.fields ?? [];
	const writableFields = formFields(defined);
	const files = new Files(item);
	const input = rawFields(item);
	const fields = Array.isArray(input)
		? jsonFields(defined, input)
		: await Promise.all(
				readFormFields(writableFields, input, item.json, type.name).map(
					async (field) => await toApiField(field, files, item.n8n.getTimezone()),
				),
			);
	return {
		fields,
		files,
		requireAll: () =>
			requireFields(
				writableFields,
				fields.map(({ id }) => ({ field: { id } })),
			),
	};
}

/** False where it is plain, without knowing the type, that no field is given. */
export function mayHaveFields(item: Item): boolean {
	const input = rawFields(item);
	if (typeof input !== 'object' || input === null) return false;
	const { mappingMode, value = {} } = input as { mappingMode?: string; value?: object | null };
	if (mappingMode === 'autoMapInputData') return true;
	return Object.values(mappingMode === undefined ? input : (value ?? {})).some(
		(entry) => !isBlank(entry),
	);
}

function rawFields(item: Item): unknown {
	if (item.value<unknown>('fieldsMode', 'form') !== 'json')
		return item.value<unknown>('fields', null);
	const input = parseJson(item.value<unknown>('fieldsJson', ''), 'Fields (JSON)');
	if (input === undefined || input === null || typeof input === 'object') return input;
	throw new InvalidInputError(
		"'Fields (JSON)' is neither an object nor a list",
		'Give an object like {"Card Number": "MC-20418"}.',
	);
}
