import { SamsaraApiError, toError } from '../common/errors';
import { queryString } from './path';

/** How many IDs Samsara accepts in one call that lists records, types or assets. */
export const MAX_IDS = 100;

/** How many characters of IDs one call may have: external IDs can be long, and many servers reject URLs over 8 KB. */
const MAX_CHARS = 6000;

/** Splits IDs into chunks that fit into one call. */
export function chunkIds(ids: string[]): string[][] {
	const chunks: string[][] = [];
	let remaining = 0;
	for (const id of ids) {
		const length = queryString({ id }).length;
		if (remaining < length || chunks[chunks.length - 1].length === MAX_IDS) {
			chunks.push([]);
			remaining = Math.max(MAX_CHARS, length);
		}
		chunks[chunks.length - 1].push(id);
		remaining -= length;
	}
	return chunks;
}

/** Statuses that a single bad ID among many may cause. */
const BAD_ID_STATUSES = new Set([400, 404]);

/**
 * Reads what a list of IDs refers to in one call. If Samsara rejects it because of one ID, the others are read without it.
 *
 * @returns what was found, in any order, and the failures by ID
 * @throws SamsaraApiError if the call fails for another reason
 */
export async function readInHalves<T>(
	ids: string[],
	read: (ids: string[]) => Promise<T[]>,
): Promise<{ found: T[]; failures: Map<string, SamsaraApiError> }> {
	try {
		return { found: await read(ids), failures: new Map() };
	} catch (error) {
		if (!(error instanceof SamsaraApiError) || !BAD_ID_STATUSES.has(error.status))
			throw toError(error);
		if (ids.length === 1) return { found: [], failures: new Map([[ids[0], error]]) };
	}
	const middle = ids.length >> 1;
	const first = await readInHalves(ids.slice(0, middle), read);
	const second = await readInHalves(ids.slice(middle), read);
	return {
		found: [...first.found, ...second.found],
		failures: new Map([...first.failures, ...second.failures]),
	};
}
