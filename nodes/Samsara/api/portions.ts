import { queryString } from './path';

/** IDs that one call takes, in lists of records, types and assets. */
export const MOST_IDS = 100;

/** Characters of IDs in one call: external IDs may be long, and addresses over 8 KB are refused on the way. */
const MOST_CHARACTERS = 6000;

/** IDs in portions that one call takes. */
export function portions(ids: string[]): string[][] {
	const result: string[][] = [];
	let room = 0;
	for (const id of ids) {
		const length = queryString({ id }).length;
		if (room < length || result[result.length - 1].length === MOST_IDS) {
			result.push([]);
			room = Math.max(MOST_CHARACTERS, length);
		}
		result[result.length - 1].push(id);
		room -= length;
	}
	return result;
}
