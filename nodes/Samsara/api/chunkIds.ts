import { queryString } from './path';

/** IDs that one call takes, in lists of records, types and assets. */
export const MAX_IDS = 100;

/** Characters of IDs in one call: external IDs may be long, and addresses over 8 KB are refused on the way. */
const MAX_CHARS = 6000;

/** IDs in portions that one call takes. */
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
