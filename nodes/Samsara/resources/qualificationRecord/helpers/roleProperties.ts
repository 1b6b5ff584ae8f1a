import type { INodeProperties } from 'n8n-workflow';
import { qualificationTypesFilter } from '../../shared/qualificationTypes';
import { tagList } from '../../shared/tags';
import { attributeValueList, ownerList } from './ownerSelection';

export const requirements: INodeProperties = {
	displayName: 'Requirements',
	name: 'requirements',
	type: 'options',
	options: [
		{
			name: 'By Role',
			value: 'byRole',
			description: 'Each role has its own, e.g. a Hazmat endorsement for tanker drivers',
		},
		{
			name: 'Same for Everyone',
			value: 'same',
			description: 'Every driver or asset must have the same qualifications',
		},
	],
	default: 'same',
	description: 'Whether everyone must have the same qualifications',
};

const byRole = { show: { requirements: ['byRole'] } };

export const appliesTo: INodeProperties = {
	displayName: 'Applies To',
	name: 'appliesTo',
	type: 'options',
	options: [
		{ name: 'All', value: 'all', description: 'Everyone who is checked' },
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
		{ name: 'List', value: 'list', description: 'The drivers or assets that you choose here' },
	],
	default: 'tag',
	description: 'Which drivers or assets have this role',
};

const roleProperties: INodeProperties[] = [
	{
		displayName: 'Role Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Hazmat Drivers',
		description:
			"The name of the role in the column 'roles'. If empty, it is Role 1, Role 2, and so on.",
	},
	appliesTo,
	{
		...attributeValueList,
		required: true,
		displayOptions: { show: { appliesTo: ['attribute'] } },
		description:
			'The role applies to drivers or assets that have all of these values. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...tagList,
		required: true,
		displayOptions: { show: { appliesTo: ['tag'] } },
		description:
			'The role applies to drivers or assets that have at least one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Include Child Tags',
		name: 'includeChildTags',
		type: 'boolean',
		default: true,
		displayOptions: { show: { appliesTo: ['tag'] } },
		description:
			'Whether the role also applies to drivers or assets that only have a child tag of one of these',
	},
	{
		...ownerList,
		required: true,
		displayOptions: { show: { appliesTo: ['list'] } },
		description:
			'The drivers or assets that have the role. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...qualificationTypesFilter,
		required: true,
		description:
			'The qualifications that everyone with this role must have. An expression can return names or IDs. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** The roles of 'By Role'. */
export const roles: INodeProperties[] = [
	{
		displayName: 'Roles',
		name: 'roles',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Role',
		default: {},
		displayOptions: byRole,
		description: 'A driver or asset with several roles must meet the requirements of all of them',
		options: [{ displayName: 'Role', name: 'role', values: roleProperties }],
	},
	{
		displayName: 'Include Owners Without a Role',
		name: 'includeWithoutRole',
		type: 'boolean',
		default: false,
		displayOptions: byRole,
		description:
			"Whether to also return a row, with the status 'noRole', for each driver or asset that has no role",
	},
];

/** New hires get time to bring their documents. */
export const gracePeriod: INodeProperties[] = [
	{
		displayName: 'Hire Date Attribute Name or ID',
		name: 'hireDateAttribute',
		type: 'options',
		typeOptions: {
			loadOptionsMethod: 'getDateAttributes',
			loadOptionsDependsOn: ['entityType'],
		},
		default: '',
		description:
			'The attribute with the hire date. Until \'Pending Days After Hire\' have passed, a missing qualification counts as pending. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Pending Days After Hire',
		name: 'pendingDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			"How many days after the date in 'Hire Date Attribute' a missing qualification counts as pending",
	},
];
