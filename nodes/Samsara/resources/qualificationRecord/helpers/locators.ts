import type { INodeProperties } from 'n8n-workflow';
import { externalIdValidation } from '../../shared/externalIds';

/** Whom records belong to. */
export const entityType: INodeProperties = {
	displayName: 'Entity Type',
	name: 'entityType',
	type: 'options',
	options: [
		{ name: 'Asset', value: 'asset' },
		{ name: 'Worker (Driver)', value: 'worker' },
	],
	default: 'worker',
	description:
		'Whether the record belongs to a worker or to a vehicle, trailer or piece of equipment',
};

/** The pick list of qualification types, of the entity type that is chosen above it. */
export const qualificationType: INodeProperties = {
	displayName: 'Qualification Type',
	name: 'qualificationType',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'What the record proves, e.g. a medical card or a licence',
	typeOptions: { loadOptionsDependsOn: ['entityType'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a qualification type…',
			typeOptions: { searchListMethod: 'searchQualificationTypes', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 9814a1fa-f0c6-408b-bf85-51dc3bc71ac7',
		},
	],
};

/** The pick list of drivers or assets, by the entity type that is chosen above it. */
export const ownerId: INodeProperties = {
	displayName: 'Owner',
	name: 'ownerId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The driver or asset that the record belongs to',
	typeOptions: { loadOptionsDependsOn: ['entityType'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an owner…',
			typeOptions: { searchListMethod: 'searchOwners', searchable: true },
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
				regex: 'https://cloud\\.(?:[a-z]{2}\\.)?samsara\\.com/.*/(?:drivers|devices)/(\\d+)',
			},
		},
	],
};

/** The pick list of qualification records, newest change first. */
export const recordId: INodeProperties = {
	displayName: 'Record',
	name: 'recordId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The qualification record to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a record…',
			typeOptions: { searchListMethod: 'searchRecords', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 9814a1fa-f0c6-408b-bf85-51dc3bc71ac7',
		},
		{
			displayName: 'By External ID',
			name: 'externalId',
			type: 'string',
			placeholder: 'e.g. hrCardId:4711',
			validation: externalIdValidation('hrCardId:4711'),
		},
	],
};
