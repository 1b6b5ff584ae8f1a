import type { Json, LiveClient } from './client.mts';
import type { Throwaway } from './throwaway.mts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_PAGES_WITHOUT_END = 20;
const SOME_RECORDS = 512;

/** The limits of Samsara's older guide. */
const MAX_ATTRIBUTES = 1000;
const MAX_VALUES = 1000;
const MAX_PER_ENTITY = 20;

const since = (ms: number) => new Date(Date.now() - ms).toISOString();

/** Some of the latest records. */
async function someRecords(live: LiveClient, entityType: string): Promise<Json[]> {
	const query = { entityType, startTime: since(400 * DAY_MS), endTime: since(-DAY_MS) };
	const { data } = await live.call('GET', '/qualification-records/stream', { query });
	return (data ?? []).slice(0, SOME_RECORDS);
}

const isMidnight = (time: string) => /T00:00:00(\.0+)?(Z|\+00:00)$/.test(time);

/** How a member is empty: `null`, `[]`, `{}`, `missing`, or `filled`. */
export function emptiness(object: Json, member: string): string {
	if (!(member in object)) return 'missing';
	const value = object[member];
	if (value === null) return 'null';
	if (Array.isArray(value)) return value.length === 0 ? '[]' : 'filled';
	return typeof value === 'object' && Object.keys(value).length === 0 ? '{}' : 'filled';
}

/** What happens at run time with each reading. `differs` asks for a report. */
export type Verdict = 'as assumed' | 'handled' | 'differs';

/** A question that Samsara's documentation leaves open, and how to see the answer. */
export interface Fact {
	id: string;
	/** As in docs/open-questions.md, if it is there. */
	question: string;
	assumes: string;
	/** What may be seen, with the verdict on what the node assumes. */
	readings: Record<string, [seen: string, verdict: Verdict]>;
	/** The reading of this account; undefined if it has nothing to see it by. */
	read(live: LiveClient, things: Throwaway): Promise<string | undefined>;
}

/** What can be seen without changing anything. */
export const readFacts: Fact[] = [
	{
		id: 'stream-end',
		question: 'Without an end time, does the list of changed records ever end?',
		assumes: 'It may not; the node always sends an end time',
		readings: {
			ends: ['It ends', 'handled'],
			endless: ['It goes on with empty pages', 'handled'],
		},
		async read(live) {
			let after = '';
			for (let pages = 0; pages < MAX_PAGES_WITHOUT_END; pages++) {
				const query = { entityType: 'worker', startTime: since(HOUR_MS), ...(after && { after }) };
				const json = await live.call('GET', '/qualification-records/stream', { query });
				if (!json.pagination?.hasNextPage) return 'ends';
				if ((json.data ?? []).length === 0) return 'endless';
				after = json.pagination.endCursor;
			}
			return undefined;
		},
	},
	{
		id: 'repeated-rows',
		question: 'Do lists repeat rows?',
		assumes: 'They may; repeated rows are dropped',
		readings: {
			once: ['Each row once', 'as assumed'],
			repeated: ['Rows are repeated', 'handled'],
		},
		async read(live) {
			const seen: string[] = [];
			let after = '';
			for (let pages = 0; pages < 5; pages++) {
				const query = { limit: 5, ...(after && { after }) };
				const json = await live.call('GET', '/fleet/drivers', { query });
				seen.push(...(json.data ?? []).map(({ id }: Json) => String(id)));
				if (!json.pagination?.hasNextPage) break;
				after = json.pagination.endCursor;
			}
			if (seen.length < 2) return undefined;
			return new Set(seen).size === seen.length ? 'once' : 'repeated';
		},
	},
	{
		id: 'date-zone',
		question: 'In which time zone does Samsara return a date without a time?',
		assumes: 'Issue and expiration dates of existing records are midnight UTC',
		readings: {
			midnight: ['Midnight UTC', 'as assumed'],
			other: ['Other times of day, at least in some records', 'differs'],
		},
		async read(live) {
			const records = [
				...(await someRecords(live, 'worker')),
				...(await someRecords(live, 'asset')),
			];
			const times = records.flatMap(({ issueDate, expirationDate }) =>
				[issueDate, expirationDate].filter((time) => typeof time === 'string' && time !== ''),
			);
			if (times.length === 0) return undefined;
			return times.every(isMidnight) ? 'midnight' : 'other';
		},
	},
	{
		id: 'workers',
		question: 'Does "worker" include people who are not drivers?',
		assumes: 'Every owner of a record of a worker is in the list of drivers',
		readings: {
			drivers: ['All owners are drivers', 'as assumed'],
			others: ['Some owners are not in the list of drivers', 'differs'],
		},
		async read(live) {
			const records = await someRecords(live, 'worker');
			if (records.length === 0) return undefined;
			const drivers = new Set<string>();
			for (const driverActivationStatus of ['active', 'deactivated']) {
				const rows = await live.list('/fleet/drivers', { driverActivationStatus });
				for (const { id } of rows) drivers.add(String(id));
			}
			return records.every(({ owner }) => drivers.has(String(owner?.id))) ? 'drivers' : 'others';
		},
	},
	{
		id: 'old-limits',
		question: 'Do the limits in the older guide still hold?',
		assumes: 'At most 1,000 attributes, 1,000 values each, and 20 attributes per driver',
		readings: {
			within: ['Nothing in this account exceeds them', 'as assumed'],
			exceeded: ['This account exceeds them', 'differs'],
		},
		async read(live) {
			const lists = [
				await live.list('/attributes', { entityType: 'driver' }),
				await live.list('/attributes', { entityType: 'asset' }),
			];
			const attributes = lists.flat();
			const values = attributes.map(({ values }) => values?.length ?? 0);
			const drivers = await live.list('/fleet/drivers');
			const held = drivers.map((driver) => driver.attributes?.length ?? 0);
			const isExceeded =
				attributes.length > MAX_ATTRIBUTES ||
				values.some((count) => count > MAX_VALUES) ||
				held.some((count) => count > MAX_PER_ENTITY);
			return isExceeded ? 'exceeded' : 'within';
		},
	},
	{
		id: 'license',
		question: 'Which Samsara license does an account need, and how large may a file be?',
		assumes: 'A missing license is a 403; the size of files is not checked',
		readings: {
			all: ['This token can read records and attributes', 'as assumed'],
			refused: ['Samsara refuses records or attributes with a 403', 'as assumed'],
			other: ['Samsara refuses records or attributes with another status', 'differs'],
		},
		async read(live) {
			const statuses: number[] = [];
			for (const path of ['/qualification-types', '/attributes']) {
				const query = { entityType: path === '/attributes' ? 'driver' : 'worker' };
				statuses.push((await live.send('GET', path, { query })).status);
			}
			if (statuses.every((status) => status === 200)) return 'all';
			return statuses.every((status) => status === 200 || status === 403) ? 'refused' : 'other';
		},
	},
];
