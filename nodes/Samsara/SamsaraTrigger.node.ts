import {
	NodeConnectionTypes,
	type IDisplayOptions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { toNodeError } from './execution/errors';
import { SIGNED_URLS } from './fields/qualification/signedUrls';
import { loadOptions } from './methods';
import { belongsTo } from './resources/shared/belongsTo';
import { filters } from './resources/shared/collections';
import { driverStatusFilter } from './resources/shared/filters';
import { qualificationTypesFilter } from './resources/shared/qualificationTypes';
import { authentication } from './resources/shared/authentication';
import { ifStored } from './resources/shared/stored';
import { tagFilters } from './resources/shared/tags';
import { poll } from './trigger/poll';

const owners = belongsTo(
	'worker',
	'Whether to watch the records of drivers, of assets, or of both',
);

const ofDrivers: IDisplayOptions = { show: { event: ['driverCreated', 'driverUpdated'] } };
const ofRecords: IDisplayOptions = { hide: ofDrivers.show };

const driverFilters: INodeProperties[] = [
	{
		displayName: 'Changes',
		name: 'changes',
		type: 'multiOptions',
		options: [
			{ name: 'Attributes', value: 'attributes' },
			{ name: 'External IDs', value: 'externalIds' },
			{ name: 'Name', value: 'name' },
			{ name: 'Status', value: 'status' },
			{ name: 'Tags', value: 'tags' },
		],
		default: [],
		displayOptions: { show: { '/event': ['driverUpdated'] } },
		description: 'Only drivers for whom one of these has changed. Leave empty for any change.',
	},
	{
		...tagFilters[0],
		description:
			'Only drivers with one of these tags or one of their child tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...driverStatusFilter,
		description:
			'Only drivers who have this status now. Without this filter, drivers of any status.',
	},
	{
		...tagFilters[1],
		description:
			'Only drivers with one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** Starts a workflow when a qualification record or a driver changes, or when a record is about to expire or has expired. */
export class SamsaraTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Samsara Trigger',
		name: 'samsaraTrigger',
		icon: { light: 'file:../../icons/samsara.svg', dark: 'file:../../icons/samsara.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toTitleCase() }}',
		// n8n's node panel shows this text for the action node as well.
		description:
			'Work on licenses, medical cards, trainings, and other qualification records in Samsara, and on attributes of drivers, vehicles, trailers, and equipment, or start a workflow when a driver or record changes, or when a record is about to expire or has expired',
		defaults: { name: 'Samsara Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'samsaraApi',
				required: true,
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
			{
				name: 'samsaraOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		sensitiveOutputFields: SIGNED_URLS,
		builderHint: {
			searchHint:
				'For reminders, use Record Expiring with the days ahead in one trigger: it starts the workflow once per record and day. Do not build it from a Schedule Trigger and dates.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-samsara.samsara',
					relationHint: 'Reads and changes the record, e.g. Download Files, Update, or Archive',
				},
			],
		},
		properties: [
			authentication,
			{
				displayName: 'Trigger On',
				name: 'event',
				type: 'options',
				noDataExpression: true,
				default: 'recordExpiring',
				options: [
					{
						name: 'Driver Created',
						value: 'driverCreated',
						description: 'A new driver was added',
					},
					{
						name: 'Driver Updated',
						value: 'driverUpdated',
						description:
							"A driver was changed, activated, or deactivated. The column 'changed' lists what changed.",
					},
					{
						name: 'Record Archived',
						value: 'recordArchived',
						description: 'A record was archived, or an archived record was changed',
					},
					{
						name: 'Record Created',
						value: 'recordCreated',
						description: 'A new record was added',
					},
					{
						name: 'Record Deleted',
						value: 'recordDeleted',
						description: 'A record was deleted',
					},
					{
						name: 'Record Expired',
						value: 'recordExpired',
						description: 'The expiration date of an active record has passed',
					},
					{
						name: 'Record Expiring',
						value: 'recordExpiring',
						description:
							'An active record has reached one of the days ahead of its expiration date',
					},
					{
						name: 'Record Updated',
						value: 'recordUpdated',
						description: 'An active record was changed, or a record was moved out of the archive',
					},
				],
			},
			{
				...owners,
				default: 'both',
				options: [...(owners.options ?? []), { name: 'Both', value: 'both' }],
				displayOptions: ofRecords,
			},
			{ ...qualificationTypesFilter, displayOptions: ofRecords },
			{
				displayName: 'Days Ahead',
				name: 'daysAhead',
				type: 'string',
				default: '60, 30, 7',
				placeholder: 'e.g. 60, 30, 7',
				displayOptions: { show: { event: ['recordExpiring'] } },
				description:
					'How many days before the expiration date to start the workflow, separated by commas. Each of them triggers once per record and expiration date. Days are counted in the time zone of the workflow.',
			},
			{
				displayName: 'Include Already Due',
				name: 'includeAlreadyDue',
				type: 'boolean',
				default: false,
				displayOptions: { show: { event: ['recordExpiring', 'recordExpired'] } },
				description:
					'Whether the first poll after activation also triggers for records that are already due, once each',
			},
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add filter',
				default: {},
				displayOptions: ofRecords,
				options: [
					{
						displayName: 'Owner Names or IDs',
						name: 'owners',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'getOwners' },
						default: [],
						description:
							'Only records of these drivers or assets. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					ifStored(qualificationTypesFilter),
				],
			},
			{ ...filters(...driverFilters), displayOptions: ofDrivers },
		],
	};

	methods = { loadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			const rows = await poll(this);
			return rows.length > 0 ? [this.helpers.returnJsonArray(rows)] : null;
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
