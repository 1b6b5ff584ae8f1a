import type { INodeProperties } from 'n8n-workflow';

/** The drop-down that separates drivers from assets. It looks the same in every form; only the stored values differ. */
export function belongsTo(driver: 'driver' | 'worker', description: string): INodeProperties {
	return {
		displayName: 'Belongs To',
		name: 'entityType',
		type: 'options',
		options: [
			{ name: 'Drivers', value: driver },
			{ name: 'Vehicles, Trailers & Equipment', value: 'asset' },
		],
		default: driver,
		description,
	};
}
