import type { INodeProperties } from 'n8n-workflow';

/** Filters records by type, in every form that lists or watches records. */
export const qualificationTypesFilter: INodeProperties = {
	displayName: 'Qualification Type Names or IDs',
	name: 'qualificationTypes',
	type: 'multiOptions',
	typeOptions: {
		loadOptionsMethod: 'getQualificationTypes',
		loadOptionsDependsOn: ['entityType'],
	},
	default: [],
	description:
		'Only records of these types. Leave empty for all types. An expression can return names or IDs. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
