import type { INodeProperties } from 'n8n-workflow';
import { specsOf } from '../../../fields/fieldSpecs';
import { regulationMode } from '../../shared/assetFields';
import { externalIds } from '../../shared/externalIds';
import { tags } from '../../shared/tags';

export const assetType: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'Powered Equipment', value: 'equipment', description: 'Such as a forklift or crane' },
		{ name: 'Trailer', value: 'trailer' },
		{ name: 'Uncategorized', value: 'uncategorized' },
		{
			name: 'Unpowered Equipment',
			value: 'unpowered',
			description: 'Such as a container or dumpster',
		},
		{ name: 'Vehicle', value: 'vehicle' },
	],
	default: 'uncategorized',
	description: 'The type that the asset has in Samsara',
};

export const nameInput: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Container 12',
};

/** The fields of an asset other than name and type, in alphabetical order. */
export const assetFields: INodeProperties[] = [
	externalIds,
	{
		displayName: 'License Plate',
		name: 'licensePlate',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8ABC123',
	},
	{
		displayName: 'Make',
		name: 'make',
		type: 'string',
		default: '',
		placeholder: 'e.g. Bobcat',
		description: 'Samsara may not accept changes to it',
	},
	{
		displayName: 'Model',
		name: 'model',
		type: 'string',
		default: '',
		placeholder: 'e.g. S630 T4',
		description: 'Samsara may not accept changes to it',
	},
	{ displayName: 'Notes', name: 'notes', type: 'string', default: '' },
	{
		displayName: 'Readings API Ingestion',
		name: 'readingsIngestionEnabled',
		type: 'boolean',
		default: true,
		description: "Whether data can be sent to the asset through Samsara's Readings API",
	},
	regulationMode,
	{
		displayName: 'Serial Number',
		name: 'serialNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. LN016251',
		description: 'Any serial number, including a VIN of fewer than 17 characters',
	},
	tags,
	{
		displayName: 'VIN',
		name: 'vin',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1FUJA6CV97LX76154',
		description: 'The 17-character VIN or PIN',
	},
	{
		displayName: 'Year',
		name: 'year',
		type: 'number',
		default: 2026,
		description: 'The model year. Samsara may not accept changes to it.',
	},
];

export const assetFieldSpecs = specsOf([nameInput, assetType, ...assetFields], {
	name: { minLength: 1 },
});
