import type { RunContext } from '../../api/runContext';
import { idsOf } from '../../api/ids';
import { paginate } from '../../api/pagination';
import type { Query } from '../../api/path';

/** Whatever may be named by its Samsara ID or an external ID. */
interface Identifiable {
	id?: string;
	externalIds?: object;
}

/** One page is read for every so many IDs: beyond it, reading singly is cheaper. */
const IDS_PER_PAGE = 5;

/**
 * Finds entities by reading lists page by page, as long as that costs few calls for the IDs that are wanted.
 *
 * @returns what was found, under the ID asked for
 */
export async function findInPages<E extends Identifiable>(
	run: RunContext,
	lists: Array<{ path: string; query: Query }>,
	ids: string[],
): Promise<Map<string, E>> {
	const found = new Map<string, E>();
	const requestedIds = new Set(ids);
	let budget = Math.floor(ids.length / IDS_PER_PAGE);
	for (const { path, query } of lists) {
		if (budget <= 0 || found.size === requestedIds.size) break;
		for await (const page of paginate<E>(run.client, path, query)) {
			for (const entity of page) {
				for (const id of idsOf(entity)) if (requestedIds.has(id)) found.set(id, entity);
			}
			budget--;
			if (budget <= 0 || found.size === requestedIds.size) break;
		}
	}
	return found;
}
