import { toError } from '../common/errors';
import { clock } from './clock';
import type { RunContext } from './runContext';

/** A driver that was added a minute ago must be in the list. */
const MAX_AGE_MS = 60_000;

const MAX_LISTS = 30;

/** Of all lists together. */
const MAX_ROWS = 100_000;

interface RecentList {
	startedAt: number;
	rows: Promise<unknown[]>;
	count: number;
}

/** By hash of token and host, and name. Oldest first. */
const lists = new Map<string, RecentList>();

/**
 * A list that several requests of the editor need within a minute, as each key press in a pick list is a request. A list
 * that could not be read completely is read again.
 *
 * @param name the same for the same `read`
 */
export async function recentList<T>(
	run: RunContext,
	name: string,
	read: () => Promise<T[]>,
): Promise<T[]> {
	const key = `${run.client.session} ${name}`;
	const now = clock.monotonic();
	for (const [oldKey, { startedAt }] of lists)
		if (now - startedAt >= MAX_AGE_MS) lists.delete(oldKey);
	const recent = lists.get(key);
	if (recent) return (await recent.rows) as T[];
	const rows = read();
	const list: RecentList = { startedAt: now, rows, count: 0 };
	lists.set(key, list);
	try {
		list.count = (await rows).length;
	} catch (error) {
		if (lists.get(key) === list) lists.delete(key);
		throw toError(error);
	}
	forgetOldest();
	return await rows;
}

function forgetOldest(): void {
	let total = 0;
	for (const { count } of lists.values()) total += count;
	for (const [key, { count }] of lists) {
		if (lists.size <= MAX_LISTS && total <= MAX_ROWS) return;
		lists.delete(key);
		total -= count;
	}
}
