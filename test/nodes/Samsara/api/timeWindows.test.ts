import fc from 'fast-check';
import type { PageOf } from '../../../../nodes/Samsara/api/pagination';
import {
	readInWindows,
	type DatedRecord,
	type ReadPages,
} from '../../../../nodes/Samsara/api/timeWindows';
import type { QualificationRecord } from '../../../../nodes/Samsara/api/types';

const START = Date.parse('2020-01-01T00:00:00Z');
const END = Date.parse('2026-01-01T00:00:00Z');
const DAY = 24 * 60 * 60_000;

/** A list whose pages arrive after a number of turns, each longer than what happens between two calls. */
class PagedList {
	calls = 0;

	inFlight = 0;

	maxInFlight = 0;

	records: QualificationRecord[];

	constructor(
		times: number[],
		readonly options: {
			pageSize?: number;
			startIsExclusive?: boolean;
			turns?: () => number;
			failAtCall?: number;
		} = {},
	) {
		this.records = [...times]
			.sort((a, b) => a - b)
			.map(
				(time, n) =>
					({ id: `${n}`, updatedAtTime: new Date(time).toISOString() }) as QualificationRecord,
			);
	}

	read: ReadPages = (from, to) => this.pages(from, to);

	private async *pages(from: number, to: number): AsyncGenerator<PageOf<QualificationRecord>> {
		const { pageSize = 10, startIsExclusive = false, turns = () => 1, failAtCall } = this.options;
		const rows = this.records.filter(({ updatedAtTime }) => {
			const time = Date.parse(updatedAtTime);
			return (startIsExclusive ? time > from : time >= from) && time < to;
		});
		for (let offset = 0; ; offset += pageSize) {
			this.calls++;
			if (this.calls === failAtCall) throw new Error('unavailable');
			this.inFlight++;
			this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
			for (let turn = turns(); turn > 0; turn--)
				for (let i = 0; i < 20; i++) await Promise.resolve();
			this.inFlight--;
			const isLast = offset + pageSize >= rows.length;
			yield { rows: rows.slice(offset, offset + pageSize), isLast };
			if (isLast) return;
		}
	}
}

async function idsIn(lists: PagedList[], maxReaders?: number): Promise<string[]> {
	const ids: string[] = [];
	const reads = lists.map(({ read }) => read);
	const onPage = (page: DatedRecord[]) => {
		ids.push(...page.map(({ record }) => record.id));
		return false;
	};
	await readInWindows(reads, [{ from: START, to: END }], onPage, { maxReaders });
	return ids;
}

/** Some spread evenly, some bunched into a few days, some in the same millisecond. */
const times = fc
	.tuple(
		fc.array(fc.integer({ min: START, max: END - 1 }), { maxLength: 150 }),
		fc.array(
			fc.tuple(fc.integer({ min: START, max: END - DAY }), fc.integer({ min: 1, max: 80 })),
			{ maxLength: 3 },
		),
		fc.array(fc.tuple(fc.integer({ min: START, max: END - 1 }), fc.integer({ min: 1, max: 60 })), {
			maxLength: 3,
		}),
	)
	.map(([even, bunches, sameTimes]) => [
		...even,
		...bunches.flatMap(([day, count]) =>
			Array.from({ length: count }, (_, n) => day + Math.floor((n * DAY) / count)),
		),
		...sameTimes.flatMap(([time, count]) => Array.from({ length: count }, () => time)),
	]);

describe('a list read in several time windows', () => {
	it('returns every record once, whatever their times, the pages and the delays', async () => {
		await fc.assert(
			fc.asyncProperty(
				times,
				fc.integer({ min: 1, max: 20 }),
				fc.boolean(),
				fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
				async (all, pageSize, startIsExclusive, delays) => {
					const turns = () => delays.next().value as number;
					// The very first millisecond is not split from anything.
					const later = all.filter((time) => time > START);
					const list = new PagedList(later, { pageSize, startIsExclusive, turns });
					const ids = await idsIn([list]);
					expect(ids.sort()).toEqual(list.records.map(({ id }) => id).sort());
				},
			),
			{ numRuns: 300, seed: 20261127 },
		);
	});

	it('takes one call if everything fits into one page', async () => {
		const list = new PagedList([START + DAY, START + 2 * DAY]);
		await idsIn([list]);
		expect(list.calls).toBe(1);
	});

	it('keeps several calls in progress, and makes few more than there are pages', async () => {
		const even = Array.from({ length: 1000 }, (_, n) => START + n * 2 * DAY + n);
		const list = new PagedList(even, { turns: () => 5 });
		await idsIn([list]);
		expect(list.maxInFlight).toBeGreaterThanOrEqual(5);
		expect(list.calls).toBeLessThanOrEqual(115);
	});

	it('makes hardly more calls than there are pages if these are even, because windows end with whole pages', async () => {
		const even = Array.from({ length: 9766 }, (_, n) => START + n * 4 * 60 * 60_000);
		const list = new PagedList(even, { pageSize: 100, turns: () => 5 });
		await idsIn([list]);
		expect(list.calls).toBeLessThanOrEqual(100);
	});

	it('makes few more calls than there are pages if the records are from a few days of many years', async () => {
		const bunched = Array.from({ length: 1000 }, (_, n) => START + 700 * DAY + n * 60_000);
		const list = new PagedList(bunched, { turns: () => 5 });
		await idsIn([list]);
		expect(list.calls).toBeLessThanOrEqual(140);
	});

	it('reads in order, one call at a time, with one reader', async () => {
		const even = Array.from({ length: 100 }, (_, n) => START + n * DAY);
		const list = new PagedList(even);
		const ids = await idsIn([list], 1);
		expect(ids).toEqual(list.records.map(({ id }) => id));
		expect([list.calls, list.maxInFlight]).toEqual([10, 1]);
	});

	it('reads several lists', async () => {
		const lists = [1, 2, 3].map(
			(n) => new PagedList(Array.from({ length: 95 }, (_, day) => START + n + day * DAY)),
		);
		const ids = await idsIn(lists);
		expect(ids).toHaveLength(285);
	});

	it('keeps records whose time is not valid', async () => {
		const list = new PagedList(Array.from({ length: 95 }, (_, n) => START + n * DAY));
		const odd = { id: 'odd', updatedAtTime: '' } as QualificationRecord;
		const ids: string[] = [];
		const read: ReadPages = async function* (from, to) {
			for await (const { rows, isLast } of list.read(from, to))
				yield { rows: [...rows, odd], isLast };
		};
		await readInWindows([read], [{ from: START, to: END }], (page) => {
			ids.push(...page.map(({ record }) => record.id));
			return false;
		});
		expect(ids).toContain('odd');
		expect(new Set(ids).size).toBe(96);
	});

	it('throws the failure of a window and makes no further calls', async () => {
		const even = Array.from({ length: 1000 }, (_, n) => START + n * 2 * DAY);
		const list = new PagedList(even, { failAtCall: 20, turns: () => 3 });
		await expect(idsIn([list])).rejects.toThrow('unavailable');
		expect(list.inFlight).toBe(0);
		expect(list.calls).toBeLessThanOrEqual(26);
	});

	it('stops when there is enough', async () => {
		const even = Array.from({ length: 1000 }, (_, n) => START + n * 2 * DAY);
		const list = new PagedList(even);
		let count = 0;
		const onPage = (page: DatedRecord[]) => (count += page.length) >= 25;
		await readInWindows([list.read], [{ from: START, to: END }], onPage, { maxReaders: 1 });
		expect([count, list.calls]).toEqual([30, 3]);
	});
});
