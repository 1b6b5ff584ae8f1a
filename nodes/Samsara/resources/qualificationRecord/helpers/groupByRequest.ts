import { settle } from '../../../common/settle';
import type { Item } from '../../../execution/item';

/**
 * Groups items with the same parameters, so that what they need is read once.
 *
 * @param read reads the parameters of an item; compared as JSON
 * @param fail receives each item whose parameters cannot be read, and why
 */
export async function groupByRequest<R>(
	items: Item[],
	read: (item: Item) => R,
	fail: (item: Item, failure: Error) => void,
): Promise<Array<{ request: R; group: Item[] }>> {
	const groups = new Map<string, { request: R; group: Item[] }>();
	for (const item of items) {
		const request = await settle(() => read(item));
		if (request instanceof Error) fail(item, request);
		else {
			const key = JSON.stringify(request);
			const entry = groups.get(key) ?? { request, group: [] };
			entry.group.push(item);
			groups.set(key, entry);
		}
	}
	return [...groups.values()];
}
