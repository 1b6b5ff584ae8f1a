import type { INodeProperties } from 'n8n-workflow';

/** What records are listed. Status and expiration are looked at here, the rest at Samsara. */
export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Expiration',
			name: 'expiry',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{
					name: 'Expired',
					value: 'expired',
					description: 'The expiration date has passed',
				},
				{
					name: 'Expiring Soon',
					value: 'expiringWithin',
					description: "Still valid, but not for more than 'Expiring Within Days'",
				},
			],
			default: 'expiringWithin',
			description: "When records end. Days are counted in the workflow's time zone.",
		},
		{
			displayName: 'Expiring Within Days',
			name: 'expiringWithinDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description:
				'How many days ahead counts as expiring soon. A record that ends today has 0 days left.',
		},
		{
			displayName: 'Owner Names or IDs',
			name: 'owners',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getOwners', loadOptionsDependsOn: ['entityType'] },
			default: [],
			description:
				'Only records of these drivers or assets. An expression may give IDs or external IDs like payrollId:ABFS18600, as a list or with commas between them. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Qualification Type Names or IDs',
			name: 'qualificationTypes',
			type: 'multiOptions',
			typeOptions: {
				loadOptionsMethod: 'getQualificationTypes',
				loadOptionsDependsOn: ['entityType'],
			},
			default: [],
			description:
				'Only records of these types. An expression may give names or IDs. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: [
				{ name: 'Active', value: 'active' },
				{ name: 'Archived', value: 'archived' },
				{ name: 'Deleted', value: 'deleted' },
			],
			default: ['active'],
			description: 'Only records in these states. Without this filter, active and archived ones.',
		},
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only records created or changed at this time or later',
		},
		{
			displayName: 'Updated Before',
			name: 'updatedBefore',
			type: 'dateTime',
			default: '',
			description: 'Only records that were last changed before this time',
		},
	],
};
