import type { INodeProperties } from 'n8n-workflow';

/** The notes of a vehicle, trailer, or piece of equipment. */
export const notes: INodeProperties = {
	displayName: 'Notes',
	name: 'notes',
	type: 'string',
	default: '',
	description: 'Up to 255 characters',
};

/** Whether a vehicle or asset is regulated. */
export const regulationMode: INodeProperties = {
	displayName: 'Regulation Mode',
	name: 'regulationMode',
	type: 'options',
	options: [
		{ name: 'Mixed', value: 'mixed' },
		{ name: 'Regulated', value: 'regulated' },
		{ name: 'Unregulated', value: 'unregulated' },
	],
	default: 'regulated',
	description: 'Whether driving the vehicle is subject to hours-of-service rules',
};

/** The odometer of a trailer or piece of equipment. */
export const odometer: INodeProperties = {
	displayName: 'Odometer (Meters)',
	name: 'odometerMeters',
	type: 'number',
	default: 0,
	description: 'The current reading in meters. Samsara adds the GPS distance to it from then on.',
};
