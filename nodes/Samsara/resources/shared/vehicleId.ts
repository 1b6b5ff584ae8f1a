import type { INodeProperties } from 'n8n-workflow';
import { externalIdValidation } from './externalIds';

/** The parameter that picks a vehicle. */
export const vehicleId: INodeProperties = {
	displayName: 'Vehicle',
	name: 'vehicleId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The vehicle to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a vehicle…',
			typeOptions: { searchListMethod: 'searchVehicles', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 281474977075805',
		},
		{
			displayName: 'By External ID',
			name: 'externalId',
			type: 'string',
			placeholder: 'e.g. samsara.vin:1FUJA6CV97LX76154',
			validation: externalIdValidation('samsara.vin:1FUJA6CV97LX76154'),
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://cloud.samsara.com/o/1234/devices/281474977075805/vehicle',
			extractValue: {
				type: 'regex',
				regex: 'https://cloud\\.(?:[a-z]{2}\\.)?samsara\\.com/.*/devices/(\\d+)',
			},
		},
	],
};
