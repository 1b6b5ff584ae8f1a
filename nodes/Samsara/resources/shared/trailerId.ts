import type { INodeProperties } from 'n8n-workflow';
import { externalIdValidation } from './externalIds';

/** The parameter that picks a trailer. */
export const trailerId: INodeProperties = {
	displayName: 'Trailer',
	name: 'trailerId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The trailer to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a trailer…',
			typeOptions: { searchListMethod: 'searchTrailers', searchable: true },
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
			placeholder: 'e.g. maintenanceId:250020',
			validation: externalIdValidation('maintenanceId:250020'),
		},
	],
};
