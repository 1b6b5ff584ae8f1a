import type { INodeProperties } from 'n8n-workflow';
import type { FieldSpec } from '../../../fields/fieldSpecs';
import { externalIds } from '../../shared/externalIds';
import { tags } from '../../shared/tags';

/** The fields of a trailer other than its name, in alphabetical order. */
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
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		default: '',
		description: 'Up to 255 characters',
	},
	{
		displayName: 'Serial Number',
		name: 'trailerSerialNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8V8WD530FLN016251',
	},
	tags,
];

export const trailerName: FieldSpec = { label: 'Name', type: 'text', minLength: 1 };

export const trailerFieldSpecs: Record<string, FieldSpec> = {
	enabledForMobile: { label: 'Enabled for Mobile', type: 'boolean' },
	licensePlate: { label: 'License Plate', type: 'text', maxLength: 12 },
	name: trailerName,
	notes: { label: 'Notes', type: 'text', maxLength: 255 },
	odometerMeters: { label: 'Odometer (Meters)', type: 'integer' },
	trailerSerialNumber: { label: 'Serial Number', type: 'text' },
};
