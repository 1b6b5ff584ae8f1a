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
