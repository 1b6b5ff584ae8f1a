import type { Doings } from './run';

/** Headers that today's requests have in addition. */
export const ADDED_HEADERS: Record<string, string> = {
	// The version of the API that answers, as the vendor's SDK asks for it.
	'x-samsara-version': '2025-06-11',
};

/**
 * What a saved node does differently on purpose, by its name in nodes.json (a trigger's with the poll): the reason, and
 * how what was recorded has to be read. Rows that only gained columns need no entry.
 */
const DIFFERENCES: Record<string, { reason: string; change: (then: Doings) => void }> = {
	'attribute/update': {
		reason:
			'A name is taken once for drivers and assets together: a new one is looked for among both.',
		change({ requests }) {
			const list = requests.find(({ path }) => path === '/attributes')!;
			requests.push({ ...list, query: { ...(list.query as object), entityType: 'asset' } });
		},
	},
};

/** A trigger that reads all records starts where Get Many does. Samsara was founded in 2015, so neither misses a record. */
const OLD_START = '2010-01-01T00:00:00.000Z';
const START = '2015-01-01T00:00:00Z';

const MINUTE_MS = 60_000;

const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The window of a reading of records. Version 1.0.0 ended it at n8n's now, which hid the latest records where that clock was
 * behind; today it ends a day later, and a trigger's first poll looks back as far. What a person gave as a time stays.
 */
function today(name: string, query: Record<string, string>): void {
	const { startTime, endTime } = query;
	const isNow = endTime.endsWith('.000Z');
	const lookBack = Date.parse(endTime) - Date.parse(startTime);
	const looksBack = name.endsWith(', first poll') && lookBack === 10 * MINUTE_MS;
	query.endTime = isNow ? moved(endTime, DAY_MS) : endTime;
	query.startTime =
		startTime === OLD_START ? START : moved(startTime, looksBack ? lookBack - DAY_MS : 0);
}

function moved(time: string, milliseconds: number): string {
	return new Date(Date.parse(time) + milliseconds).toISOString().replace('.000Z', 'Z');
}

/** What a saved node has to do today, from what it did then. */
export function intended(name: string, then: Doings): Doings {
	DIFFERENCES[name]?.change(then);
	for (const { path, query } of then.requests)
		if (path === '/qualification-records/stream') today(name, query as Record<string, string>);
	return then;
}
