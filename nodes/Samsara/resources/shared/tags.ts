import type { INodeProperties } from 'n8n-workflow';

/** Tags to choose from. */
export const tagList: INodeProperties = {
	displayName: 'Tag Names or IDs',
	name: 'tagIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getTags' },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** The tags of an entity. The tags sent replace those that it has. */
export const tags: INodeProperties = {
	...tagList,
	hint: 'Replaces any current tags, so choose all of them',
};

/** Filters by tag, for Get Many. */
export const tagFilters: INodeProperties[] = [
	{
		...tagList,
		displayName: 'Parent Tag Names or IDs',
		name: 'parentTagIds',
		description:
			'Only return results with one of these tags or one of their child tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...tagList,
		description:
			'Only return results with one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];
