import type { INodeProperties } from 'n8n-workflow';
import type { ItemOperation } from '../../execution/operation';
import type { FieldSpec } from '../../fields/fieldSpecs';
import { externalIds } from '../shared/externalIds';
import { equipmentAdapter } from '../shared/entityAdapters';
import { simplify, options, byName } from '../shared/options';
import { tags } from '../shared/tags';
import { clearFields, readFields } from '../shared/updateFields';
import { requireChange } from '../shared/updateHelpers';
import { betaNotice, equipmentId } from '../shared/equipmentId';

const fields: INodeProperties[] = [
	{
		displayName: 'Engine Hours',
		name: 'engineHours',
		type: 'number',
		default: 0,
		description: 'The current reading. Samsara adds the hours of use to it from then on.',
	},
	externalIds,
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Reach forklift 3',
	},
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		default: '',
		description: 'Up to 255 characters',
	},
	{
		displayName: 'Odometer (Meters)',
		name: 'odometerMeters',
		type: 'number',
		default: 0,
		description: 'The current reading in meters. Samsara adds the GPS distance to it from then on.',
	},
	{
		displayName: 'Serial Number',
		name: 'equipmentSerialNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8V8WD530FLN016251',
	},
	tags,
];

const fieldSpecs: Record<string, FieldSpec> = {
	engineHours: { label: 'Engine Hours', type: 'integer' },
	equipmentSerialNumber: { label: 'Serial Number', type: 'text' },
	name: { label: 'Name', type: 'text', minLength: 1 },
	notes: { label: 'Notes', type: 'text', maxLength: 255 },
	odometerMeters: { label: 'Odometer (Meters)', type: 'integer' },
};

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update equipment',
	description: 'Update some fields of a piece of equipment. Other fields stay as they are.',
	properties: [
		betaNotice,
		equipmentId,
		simplify,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: byName([clearFields(fieldSpecs), ...fields]),
		},
		options(),
	],
	async execute(item) {
		const id = equipmentAdapter.idOf(item);
		const changes = await readFields(item, 'updateFields', fieldSpecs);
		requireChange(changes);
		const equipment = await equipmentAdapter.update(item.run, id, changes);
		return item.boolean('simplify', true) ? equipmentAdapter.row(equipment) : equipment;
	},
};
