import * as fc from 'fast-check';
import { tellChanges, type ChangeEvent } from '../../../../nodes/Samsara/watch/changes';
import type { WatchState } from '../../../../nodes/Samsara/watch/state';
import { World } from './world';

/** Polls as the trigger does: the state survives only a poll that came to its end, and only as JSON. */
function poller(world: World, event: ChangeEvent) {
	let state: WatchState | undefined;
	const told: string[] = [];
	return {
		told,
		/** Ids told so far, with how often. */
		async poll(): Promise<string[]> {
			const result = await tellChanges(event, state, [world.stream], world.clocks);
			state = JSON.parse(JSON.stringify({ version: 1, setting: '', ...result.state }));
			const ids = result.records.map(({ id }) => id);
			told.push(...ids);
			return ids;
		},
	};
}

describe('what changed', () => {
	test('the first poll tells nothing of the past', async () => {
		const world = new World();
		world.create('old');
		world.wait(1);
		const { poll } = poller(world, 'recordCreated');
		expect(await poll()).toEqual([]);
		world.wait(1);
		expect(await poll()).toEqual([]);
	});

	test('when nothing changed, a poll is one call', async () => {
		const world = new World();
		const { poll } = poller(world, 'recordUpdated');
		await poll();
		world.wait(1);
		world.calls();
		await poll();
		expect(world.calls()).toBe(1);
	});

	test('a record that is created and changed twice between polls is one event of each kind', async () => {
		const world = new World();
		const created = poller(world, 'recordCreated');
		const updated = poller(world, 'recordUpdated');
		await created.poll();
		await updated.poll();
		world.wait(1);
		world.create('a');
		world.change('a', {});
		world.change('a', {});
		world.wait(1);
		expect([await created.poll(), await updated.poll()]).toEqual([['a'], ['a']]);
		world.change('a', {});
		world.wait(1);
		expect([await created.poll(), await updated.poll()]).toEqual([[], ['a']]);
	});

	test('two thousand changes at once are told once each, within the room of the state', async () => {
		const world = new World();
		world.pageSize = 512;
		const { poll } = poller(world, 'recordCreated');
		await poll();
		for (let i = 0; i < 2_000; i++) world.create(`record ${i}`);
		world.wait(1);
		expect(new Set(await poll()).size).toBe(2_000);
		world.wait(1);
		expect(await poll()).toEqual([]);
	});

	test("a new record that is edited just before a poll is one event, also when Samsara's clock is ahead", async () => {
		const world = new World();
		world.skew = 60_000;
		const { poll } = poller(world, 'recordCreated');
		await poll();
		world.wait(2);
		world.create('a');
		world.wait(2);
		expect(await poll()).toEqual(['a']);
		world.wait(1);
		world.change('a', {});
		expect(await poll()).toEqual([]);
		world.wait(2);
		expect(await poll()).toEqual([]);
	});

	test.each(['recordCreated', 'recordUpdated'] as const)(
		'%s: a record that one reading lacks is not emitted again by the next',
		async (event) => {
			const world = new World();
			const { poll } = poller(world, event);
			await poll();
			world.create('a');
			world.change('a', {});
			expect(await poll()).toEqual(['a']);
			world.filter = () => false;
			expect(await poll()).toEqual([]);
			world.filter = undefined;
			expect(await poll()).toEqual([]);
		},
	);

	test('nothing is lost when pages shift while they are read', async () => {
		const world = new World();
		const { poll, told } = poller(world, 'recordUpdated');
		for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) world.create(id);
		await poll();
		world.wait(30);
		for (const id of world.records.keys()) world.change(id, {});
		let shifts = 1;
		world.betweenPages = () => {
			if (shifts-- > 0) world.change('a', {});
		};
		world.wait(1);
		await poll();
		world.wait(1);
		await poll();
		expect(new Set(told)).toEqual(new Set(world.records.keys()));
	});

	const step = fc.oneof(
		{ weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const) }) },
		{
			weight: 4,
			arbitrary: fc.record({
				kind: fc.constantFrom(
					'update' as const,
					'archive' as const,
					'unarchive' as const,
					'delete' as const,
				),
				which: fc.nat(30),
			}),
		},
		{
			weight: 4,
			arbitrary: fc.record({ kind: fc.constant('poll' as const), failAfter: fc.option(fc.nat(3)) }),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constant('wait' as const),
				minutes: fc.constantFrom(1, 5, 15, 10_080),
			}),
		},
	);

	test.each(['recordCreated', 'recordUpdated', 'recordArchived', 'recordDeleted'] as const)(
		'%s: whatever happens between polls, the versions told are exactly those that were there to see',
		async (event) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(step, { maxLength: 60 }),
					fc.constantFrom(-60_000, 0, 60_000),
					async (steps, skew) => {
						const world = new World();
						world.filter = () => true;
						world.skew = skew;
						let state: WatchState | undefined;
						const told: string[] = [];
						const truth: string[] = [];
						const createdTruth = new Set<string>();
						let count = 0;
						let pending = new Set<string>();
						const poll = async (failAfter?: number) => {
							world.calls();
							world.failAfter = failAfter;
							const attempt = await tellChanges(event, state, [world.stream], world.clocks).catch(
								() => undefined,
							);
							world.failAfter = undefined;
							if (!attempt) return;
							if (state !== undefined) {
								for (const id of pending) {
									const record = world.records.get(id)!;
									if (event === 'recordCreated') {
										if (
											!createdTruth.has(id) &&
											record.recordStatus !== 'deleted' &&
											isNew.has(id)
										) {
											createdTruth.add(id);
											truth.push(id);
										}
									} else if (matches(event, record)) truth.push(`${id} ${record.updatedAtTime}`);
								}
							}
							for (const id of pending) isNew.delete(id);
							pending = new Set();
							state = JSON.parse(JSON.stringify({ version: 1, setting: '', ...attempt.state }));
							told.push(
								...attempt.records.map(({ id, updatedAtTime }) =>
									event === 'recordCreated' ? id : `${id} ${updatedAtTime}`,
								),
							);
						};
						const isNew = new Set<string>();
						await poll();
						for (const action of steps) {
							if (action.kind === 'wait') world.wait(action.minutes);
							else if (action.kind === 'create') {
								const id = `r${count++}`;
								world.create(id);
								pending.add(id);
								isNew.add(id);
							} else if (action.kind === 'poll') {
								world.wait(2);
								await poll(action.failAfter ?? undefined);
							} else {
								const id = `r${action.which}`;
								const status = {
									update: undefined,
									archive: 'archived',
									unarchive: 'active',
									delete: 'deleted',
								} as const;
								const recordStatus = status[action.kind];
								if (!world.records.has(id) || world.records.get(id)!.recordStatus === 'deleted')
									continue;
								world.change(id, recordStatus ? { recordStatus } : {});
								pending.add(id);
							}
						}
						world.wait(2);
						await poll();
						expect(told.sort()).toEqual(truth.sort());
					},
				),
				{ numRuns: 1000, seed: 20261122 },
			);
		},
	);
});

function matches(
	event: ChangeEvent,
	record: { recordStatus: string; createdAtTime: string; updatedAtTime: string },
) {
	if (event === 'recordUpdated')
		return record.recordStatus === 'active' && record.updatedAtTime !== record.createdAtTime;
	return record.recordStatus === (event === 'recordArchived' ? 'archived' : 'deleted');
}
