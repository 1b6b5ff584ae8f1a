import type { INodeProperties } from 'n8n-workflow';

/** Attribute values that decide which drivers or assets an operation is about. */
export const attributeValueList: INodeProperties = {
	displayName: 'Attribute Value Names or IDs',
	name: 'attributeValueIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getAttributeValues', loadOptionsDependsOn: ['entityType'] },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** Drivers or assets to choose from. */
export const ownerList: INodeProperties = {
	displayName: 'Owner Names or IDs',
	name: 'owners',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getOwners', loadOptionsDependsOn: ['entityType'] },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};
