import { recentList } from '../../../../nodes/Samsara/api/recentLists';
import type { RunContext } from '../../../../nodes/Samsara/api/runContext';

const run = { client: { session: 'hash' } } as RunContext;

/** How often a list of this many rows is read if it is needed `times` times. */
async function readsOf(name: string, count: number, times = 1) {
	let reads = 0;
	const read = async () => {
		reads++;
		return new Array<object>(count).fill({});
	};
	for (let n = 0; n < times; n++) expect(await recentList(run, name, read)).toHaveLength(count);
	return reads;
}

it('remembers the latest lists, as many rows as fit', async () => {
	expect(await readsOf('a', 60_000, 2)).toBe(1);
	expect(await readsOf('b', 30_000, 2)).toBe(1);
	expect(await readsOf('a', 60_000)).toBe(0);
	expect(await readsOf('c', 30_000, 2)).toBe(1);
	expect(await readsOf('b', 30_000)).toBe(0);
	expect(await readsOf('a', 60_000)).toBe(1);
});

it('reads a list that is too long every time', async () => {
	expect(await readsOf('long', 100_001, 2)).toBe(2);
});

it('reads a list once for requests at the same time, and again after a failure', async () => {
	let reads = 0;
	const read = async () => {
		reads++;
		if (reads === 1) throw new Error('No response');
		return ['row'];
	};
	const outcomes = await Promise.allSettled(
		[1, 2].map(async () => await recentList(run, 'd', read)),
	);
	expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(reads).toBe(1);
	expect(await recentList(run, 'd', read)).toEqual(['row']);
});
