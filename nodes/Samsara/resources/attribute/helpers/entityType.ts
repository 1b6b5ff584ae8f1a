import type { INodeProperties } from 'n8n-workflow';
import type { AttributeEntityType } from '../../../api/types';
import type { Item } from '../../../execution/item';

/** Whether an attribute belongs to drivers or assets. */
export const entityType: INodeProperties = {
	displayName: 'Belongs To',
	name: 'entityType',
	type: 'options',
	options: [
		{ name: 'Asset (Vehicle, Trailer, Equipment)', value: 'asset' },
		{ name: 'Driver', value: 'driver' },
	],
	default: 'driver',
	description: 'Whether the attribute belongs to drivers or assets',
};

const choices: readonly AttributeEntityType[] = ['driver', 'asset'];

/** Reads 'Belongs To'. @throws InvalidInputError */
export function entityTypeOf(item: Item): AttributeEntityType {
	return item.choice('entityType', 'Belongs To', choices);
}
