import { readAttributeOrder } from '../../api/attributes';
import type { Item } from '../../execution/item';
import { entityRows } from '../../fields/entityRow';
import { withAttributes, type AssetType } from './assets';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';
import { readTagFilters } from './filters';
import { readList } from './pagination';

/** The entities of an item as the output shows them: flat rows, or unchanged if Simplify is off. */
export async function entityOutput<E extends EntityWithAttributes>(
	item: Item,
	{ entityType, columnsOf }: Pick<EntityAdapter<E>, 'entityType' | 'columnsOf'>,
	entities: E[],
	hasAttributes = true,
): Promise<object[]> {
	if (!item.boolean('simplify', true) || entities.length === 0) return entities;
	const definitions = hasAttributes ? await readAttributeOrder(item.run, entityType) : [];
	const rows = entityRows(entities, columnsOf, definitions);
	for (const row of rows) item.run.rowGroups.set(row, `attributes: ${hasAttributes}`);
	return rows;
}

/** The entity that Samsara returned for a write, as the output shows it. */
export async function writtenOutput<E extends EntityWithAttributes>(
	item: Item,
	adapter: EntityAdapter<E>,
	entity: E,
): Promise<object[]> {
	const isRow = adapter.complete !== undefined && item.boolean('simplify', true);
	const complete = isRow ? await adapter.complete!(item.run, entity) : entity;
	return await entityOutput(item, adapter, [complete]);
}

/**
 * Reads the trailers or equipment that Get Many returns.
 *
 * @throws InvalidInputError for a tag that does not exist
 */
export async function listAssets<E extends EntityWithAttributes>(
	item: Item,
	adapter: EntityAdapter<E>,
	type: AssetType,
	path: string,
): Promise<object[]> {
	const filter = await readTagFilters(item);
	const entities = await readList<E>(item, path, filter);
	const isComplete =
		item.boolean('simplify', true) && item.collection('options').includeAttributes !== false;
	const listed = isComplete ? await withAttributes(item.run, type, entities, filter) : entities;
	return await entityOutput(item, adapter, listed, isComplete);
}
