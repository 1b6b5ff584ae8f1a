import type { INodeProperties } from 'n8n-workflow';
import { collect, PAGE_SIZE } from '../../api/pagination';
import type { Query } from '../../api/path';
import type { Item } from '../../execution/item';

/** Return All and Limit, for each operation that returns a list. */
export const pagination: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/**
 * Reads a list up to the item's limit. With Continue On Fail, a list that breaks off is returned as far as it was read.
 *
 * @param keep a filter that Samsara does not offer: pages are then read in full size
 */
export async function readList<E>(
	item: Item,
	path: string,
	query: Query,
	keep?: (entity: E) => boolean,
	limit = item.limit(),
): Promise<E[]> {
	const pageSize = keep ? PAGE_SIZE : Math.min(limit ?? PAGE_SIZE, PAGE_SIZE);
	return await collect<E>(
		item.run.client,
		path,
		{ ...query, limit: pageSize },
		{ limit, keep, onPartial: item.onPartial },
	);
}
