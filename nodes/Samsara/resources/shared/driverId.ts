import type { INodeProperties } from 'n8n-workflow';
import { externalIdValidation } from './externalIds';

/** The parameter that picks a driver. */
export const driverId: INodeProperties = {
	displayName: 'Driver',
	name: 'driverId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The driver to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a driver…',
			typeOptions: { searchListMethod: 'searchDrivers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1654973',
		},
		{
			displayName: 'By External ID',
			name: 'externalId',
			type: 'string',
			placeholder: 'e.g. payrollId:ABFS18600',
			validation: externalIdValidation('payrollId:ABFS18600'),
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://cloud.samsara.com/o/1234/drivers/1654973',
			extractValue: {
				type: 'regex',
				regex: 'https://cloud\\.(?:[a-z]{2}\\.)?samsara\\.com/.*/drivers/(\\d+)',
			},
		},
	],
};
