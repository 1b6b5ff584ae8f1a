import type { INodeProperties } from 'n8n-workflow';
import { options } from '../../shared/options';
import { qualificationTypesFilter } from '../../shared/qualificationTypes';
import { entityType, ownerId, recordId } from './locators';
import { lookUpOwnerNames } from './recordRows';

export const DEFAULT_SECONDS = 60;

export const filesOf: INodeProperties = {
	displayName: 'Files From',
	name: 'filesOf',
	type: 'options',
	options: [
		{
			name: 'Driver or Asset',
			value: 'owner',
			description: 'All qualification records of a driver or asset, e.g. for an audit',
		},
		{ name: 'Record', value: 'record', description: 'One qualification record' },
	],
	default: 'record',
	description: 'Which files to download',
};

const ofRecord = { show: { filesOf: ['record'] } };
const ofOwner = { show: { filesOf: ['owner'] } };

export const downloadProperties: INodeProperties[] = [
	filesOf,
	{
		...entityType,
		displayOptions: ofOwner,
		description: 'Whether to download the files of a driver or an asset',
	},
	{
		...ownerId,
		displayOptions: ofOwner,
		description: 'The driver or asset whose files to download',
	},
	{ ...recordId, displayOptions: ofRecord },
	{ ...qualificationTypesFilter, displayOptions: ofOwner },
	options(
		{
			displayName: 'Include Archived Records',
			name: 'includeArchived',
			type: 'boolean',
			default: false,
			displayOptions: { show: { '/filesOf': ['owner'] } },
			description: 'Whether to download the files of archived records as well',
		},
		{ ...lookUpOwnerNames, displayOptions: { show: { '/filesOf': ['record'] } } },
		{
			displayName: 'One Item per File',
			name: 'oneItemPerFile',
			type: 'boolean',
			default: false,
			description:
				"Whether to output one item per file, with the file in the field 'data', as nodes that store files expect",
		},
		{
			displayName: 'Output Data Field Prefix',
			name: 'dataFieldPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. scan_',
			description:
				"Prefix for the names of the output data fields. The rest of a name is the label of the field in Samsara, plus a number if it has several files, e.g. 'Medical_Card_2'.",
		},
		{
			displayName: 'Skip Unfinished Files',
			name: 'skipUnfinished',
			type: 'boolean',
			default: false,
			description:
				'Whether to leave out files that Samsara has not finished processing in time. Otherwise, the item fails.',
		},
		{
			displayName: 'Wait for Processing',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_SECONDS,
			description: 'How many seconds to wait for files that Samsara is still processing',
		},
	),
];
