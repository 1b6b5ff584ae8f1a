import type { INodeProperties } from 'n8n-workflow';
import type { AttributeEntityType } from '../../../api/types';
import type { Item } from '../../../execution/item';

/** What an attribute is defined for. */
export const entityType: INodeProperties = {
	displayName: 'Entity Type',
	name: 'entityType',
	type: 'options',
	options: [
		{ name: 'Asset (Vehicle, Trailer, Equipment)', value: 'asset' },
		{ name: 'Driver', value: 'driver' },
	],
	default: 'driver',
	description: 'Whether the attribute belongs to drivers or to assets',
};

const choices: readonly AttributeEntityType[] = ['driver', 'asset'];

/** What the item's attribute is defined for. @throws InvalidInputError */
export function entityTypeOf(item: Item): AttributeEntityType {
	return item.choice('entityType', 'Entity Type', choices);
}
