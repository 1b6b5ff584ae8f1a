import type { INodeProperties } from 'n8n-workflow';
import { entityType, ownerId } from './locators';

/** Who has to be compliant. */
export const WHO = ['all', 'attribute', 'items', 'list', 'tag'] as const;

/** The form of the compliance check, without options. */
export const complianceForm: INodeProperties[] = [
	{
		...entityType,
		description: 'Whether workers (drivers) or assets are checked',
	},
	{
		displayName: 'Required Type Names or IDs',
		name: 'qualificationTypes',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: 'getQualificationTypes',
			loadOptionsDependsOn: ['entityType'],
		},
		required: true,
		default: [],
		description:
			'The qualifications that each of them has to hold, e.g. licence and medical card. An expression may give names or IDs. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Who',
		name: 'who',
		type: 'options',
		options: [
			{
				name: 'All',
				value: 'all',
				description: 'Every active driver, or every asset',
			},
			{
				name: 'By Attribute Value',
				value: 'attribute',
				description: 'Those with certain attribute values, e.g. Hazmat: Yes',
			},
			{
				name: 'By Tag',
				value: 'tag',
				description: 'Those with certain tags, e.g. of one depot',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'The driver or asset that each input item names',
			},
			{
				name: 'List',
				value: 'list',
				description: 'Those picked here',
			},
		],
		default: 'all',
		description: 'Who is checked',
	},
	{
		displayName: 'Asset Type',
		name: 'assetType',
		type: 'options',
		options: [
			{ name: 'Any', value: 'any' },
			{ name: 'Equipment', value: 'equipment' },
			{ name: 'Trailer', value: 'trailer' },
			{ name: 'Unpowered', value: 'unpowered' },
			{ name: 'Vehicle', value: 'vehicle' },
		],
		default: 'any',
		displayOptions: { show: { entityType: ['asset'], who: ['all', 'attribute', 'tag'] } },
		description: 'Which assets are checked',
	},
	{
		displayName: 'Attribute Value Names or IDs',
		name: 'attributeValueIds',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: 'getAttributeValues',
			loadOptionsDependsOn: ['entityType'],
		},
		required: true,
		default: [],
		displayOptions: { show: { who: ['attribute'] } },
		description:
			'Only those that have all these values are checked. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...ownerId,
		displayOptions: { show: { who: ['items'] } },
		description: 'The driver or asset of this item',
	},
	{
		displayName: 'Owner Names or IDs',
		name: 'owners',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOwners', loadOptionsDependsOn: ['entityType'] },
		required: true,
		default: [],
		displayOptions: { show: { who: ['list'] } },
		description:
			'Who is checked. An expression may give IDs or external IDs like payrollId:ABFS18600, as a list or with commas between them. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Tag Names or IDs',
		name: 'tagIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getTags' },
		required: true,
		default: [],
		displayOptions: { show: { who: ['tag'] } },
		description:
			'Those with one of these tags are checked. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Expiring Within Days',
		name: 'expiringWithinDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			"How many days ahead counts as expiring. Days are counted in the workflow's time zone.",
	},
];

export const complianceOptions: INodeProperties[] = [
	{
		displayName: 'One Row per Owner',
		name: 'oneRowPerOwner',
		type: 'boolean',
		default: false,
		description:
			'Whether to give one row a driver or asset, with a column a type and an overall verdict, instead of one row for each of its types',
	},
	{
		displayName: 'Only Action Needed',
		name: 'onlyActionNeeded',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave out what is valid, or expires soon but is already renewed without a gap',
	},
];
