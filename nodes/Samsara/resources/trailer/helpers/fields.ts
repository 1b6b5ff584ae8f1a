import type { INodeProperties } from 'n8n-workflow';
import { specsOf } from '../../../fields/fieldSpecs';
import { notes, odometer } from '../../shared/assetFields';
import { externalIds } from '../../shared/externalIds';
import { tags } from '../../shared/tags';

/** The fields of a trailer other than name and odometer, in alphabetical order. */
export const trailerFields: INodeProperties[] = [
	{
		displayName: 'Enabled for Mobile',
		name: 'enabledForMobile',
		type: 'boolean',
		default: true,
		description: "Whether the trailer is visible in Samsara's mobile apps",
	},
	externalIds,
	{
		displayName: 'License Plate',
		name: 'licensePlate',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4TRL567',
		description: 'Up to 12 characters',
	},
	notes,
	{
		displayName: 'Serial Number',
		name: 'trailerSerialNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8V8WD530FLN016251',
	},
	tags,
];

export const nameInput: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Trailer 7',
};

export const updateOnlyFields: INodeProperties[] = [nameInput, odometer];

export const trailerFieldSpecs = specsOf([...updateOnlyFields, ...trailerFields], {
	licensePlate: { maxLength: 12 },
	name: { minLength: 1 },
	notes: { maxLength: 255 },
});
