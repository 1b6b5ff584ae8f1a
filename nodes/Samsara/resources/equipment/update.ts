import type { INodeProperties } from 'n8n-workflow';
import { specsOf } from '../../fields/fieldSpecs';
import { equipmentAdapter } from '../shared/entityAdapters';
import { updateOperation } from '../shared/entityOperations';
import { notes, odometer } from '../shared/assetFields';
import { externalIds } from '../shared/externalIds';
import { tags } from '../shared/tags';

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
	notes,
	odometer,
	{
		displayName: 'Serial Number',
		name: 'equipmentSerialNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8V8WD530FLN016251',
	},
	tags,
];

export const update = updateOperation(
	equipmentAdapter,
	{
		action: 'Update equipment',
		description: 'Update some fields of a piece of equipment. Other fields stay as they are.',
	},
	fields,
	specsOf(fields, { name: { minLength: 1 }, notes: { maxLength: 255 } }),
);
