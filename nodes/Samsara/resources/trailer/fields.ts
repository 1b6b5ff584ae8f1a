import type { INodeProperties } from 'n8n-workflow';
import type { Member } from '../../fields/members';
import { externalIds } from '../shared/externalIds';
import { tags } from '../shared/tags';

/** What Samsara keeps of a trailer besides its name; alphabetical. */
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

export const trailerName: Member = { label: 'Name', kind: 'text', shortest: 1 };

export const trailerMembers: Record<string, Member> = {
	enabledForMobile: { label: 'Enabled for Mobile', kind: 'flag' },
	licensePlate: { label: 'License Plate', kind: 'text', longest: 12 },
	name: trailerName,
	notes: { label: 'Notes', kind: 'text', longest: 255 },
	odometerMeters: { label: 'Odometer (Meters)', kind: 'whole' },
	trailerSerialNumber: { label: 'Serial Number', kind: 'text' },
};
