import type { RunContext } from '../../api/runContext';
import { idsOf } from '../../common/ids';
import { paginate } from '../../api/pagination';
import type { Query } from '../../api/path';

/** An entity that has a Samsara ID and may have external IDs. */
interface Identifiable {
	id?: string;
	externalIds?: object;
}

/** At most one page is read for this many IDs. Beyond that, reading each entity costs fewer requests. */
const IDS_PER_PAGE = 5;

/**
 * Finds entities by reading lists page by page, as long as that takes few requests for the number of IDs.
 *
 * @returns the entities found, each under the ID that was passed for it
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
