import type { AttributeEntityType } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { belongsTo } from '../../shared/belongsTo';

/** Whether an attribute belongs to drivers or assets. */
export const entityType = belongsTo(
	'driver',
	'Whether the attribute belongs to drivers or to assets',
);

/** Reads 'Belongs To'. @throws InvalidInputError */
export function entityTypeOf(item: Item): AttributeEntityType {
	return item.choice(entityType);
}
