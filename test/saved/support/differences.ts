import type { Doings } from './run';

/** Headers that today's requests have in addition. */
export const ADDED_HEADERS: Record<string, string> = {};

/**
 * What a saved node does differently on purpose, by its name in nodes.json (a trigger's with the poll): the reason, and
 * how what was recorded has to be read. Rows that only gained columns need no entry.
 */
const DIFFERENCES: Record<string, { reason: string; change: (then: Doings) => void }> = {};

/** What a saved node has to do today, from what it did then. */
export function intended(name: string, then: Doings): Doings {
	DIFFERENCES[name]?.change(then);
	return then;
}
