import type { INodeProperties } from 'n8n-workflow';
import { qualificationTypesFilter } from '../../shared/qualificationTypes';
import { tagList } from '../../shared/tags';
import { withinDays } from './expiration';
import { entityType, ownerId } from './locators';
import { requirements, roles } from './roleProperties';
import { attributeValueList, ownerList } from './ownerSelection';

export const who: INodeProperties = {
	displayName: 'Who',
	name: 'who',
	type: 'options',
	options: [
		{
			name: 'All',
			value: 'all',
			description: 'All active drivers or all assets',
		},
		{
			name: 'By Attribute Value',
			value: 'attribute',
			description: 'Drivers or assets with certain attribute values, e.g. Hazmat: Yes',
		},
		{
			name: 'By Tag',
			value: 'tag',
			description: 'Drivers or assets with certain tags, e.g. those of one depot',
		},
		{
			name: 'Input Items',
			value: 'items',
			description: 'The driver or asset that each input item names',
		},
		{
			name: 'List',
			value: 'list',
			description: 'The drivers or assets that you choose here',
		},
	],
	default: 'all',
	description: 'Which drivers or assets to check',
};

export const assetType: INodeProperties = {
	displayName: 'Asset Type',
	name: 'assetType',
	type: 'options',
	options: [
		{ name: 'Any', value: 'any' },
		{ name: 'Powered Equipment', value: 'equipment' },
		{ name: 'Trailer', value: 'trailer' },
		{ name: 'Uncategorized', value: 'uncategorized' },
		{ name: 'Unpowered Equipment', value: 'unpowered' },
		{ name: 'Vehicle', value: 'vehicle' },
	],
	default: 'any',
	displayOptions: { show: { entityType: ['asset'], who: ['all', 'attribute', 'tag'] } },
	description: 'Which assets to check',
};

export const show: INodeProperties = {
	displayName: 'Show',
	name: 'show',
	type: 'options',
	options: [
		{ name: 'All', value: 'all' },
		{
			name: 'Action Needed',
			value: 'actionNeeded',
			description:
				'Leave out qualifications that are valid, pending for a new hire, or expiring but already renewed without a gap',
		},
		{
			name: 'Missing Only',
			value: 'missing',
			description: 'Qualifications of which there is no record',
		},
	],
	default: 'all',
	description:
		"Which qualifications to return or, with 'One Row per Owner', the drivers or assets that have one of them",
};

const oneRowPerOwner: INodeProperties = {
	displayName: 'One Row per Owner',
	name: 'oneRowPerOwner',
	type: 'boolean',
	default: false,
	description:
		'Whether to return one row per driver or asset, with one column per type and an overall verdict, instead of one row per type',
};

export const complianceProperties: INodeProperties[] = [
	{
		...entityType,
		description: 'Whether to check drivers or assets',
	},
	who,
	assetType,
	{
		...attributeValueList,
		required: true,
		displayOptions: { show: { who: ['attribute'] } },
		description:
			'Checks only drivers or assets that have all of these values. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...ownerId,
		displayOptions: { show: { who: ['items'] } },
		description: 'The driver or asset to check for this item',
	},
	{
		...ownerList,
		required: true,
		displayOptions: { show: { who: ['list'] } },
		description:
			'The drivers or assets to check. An expression can return IDs or external IDs like payrollId:ABFS18600, as a list or separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...tagList,
		required: true,
		displayOptions: { show: { who: ['tag'] } },
		description:
			'Checks drivers or assets that have at least one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	requirements,
	{
		...qualificationTypesFilter,
		required: true,
		displayOptions: { show: { requirements: ['same'] } },
		description:
			'The qualifications that every driver or asset must have, e.g. a license and a medical card. An expression can return names or IDs. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	...roles,
	withinDays,
	show,
	oneRowPerOwner,
];

/** Where version 1.0.0 had these parameters: among the options. */
export const storedComplianceOptions: INodeProperties[] = [
	oneRowPerOwner,
	{
		displayName: 'Only Action Needed',
		name: 'onlyActionNeeded',
		type: 'boolean',
		default: false,
		description: "Whether to return what 'Show' above calls Action Needed, if that is All",
	},
];
