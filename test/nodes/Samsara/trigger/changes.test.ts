import * as fc from 'fast-check';
import { detectChanges, type ChangeEvent } from '../../../../nodes/Samsara/trigger/changes';
import { detectExpiry } from '../../../../nodes/Samsara/trigger/expiry';
import type { TriggerState } from '../../../../nodes/Samsara/trigger/state';
import { FakeStream, WATCH_ALL } from './fakeStream';

/** Polls as the trigger does: the state is kept only if the poll succeeds, and only as JSON. */
function poller(stream: FakeStream, event: ChangeEvent) {
	let state: TriggerState | undefined;
	const emitted: string[] = [];
	return {
		/** The IDs emitted so far, as often as they were. */
		emitted,
		restore: (stored: TriggerState) => void (state = JSON.parse(JSON.stringify(stored))),
		/** Returns the IDs that the poll emits. */
		async poll(): Promise<string[]> {
			const result = await detectChanges(
				{ event, selectionKey: '' },
				state,
				[stream.stream],
				stream.clocks,
				WATCH_ALL,
			);
			state = JSON.parse(JSON.stringify({ version: 1, setting: '', ...result.state }));
			const ids = result.records.map(({ id }) => id);
			emitted.push(...ids);
			return ids;
		},
	};
}

describe('detectChanges', () => {
	test('a poll without time for everything goes on in the next ones, and emits each change once', async () => {
		const stream = new FakeStream();
		const { poll, emitted } = poller(stream, 'recordUpdated');
		for (let i = 0; i < 30; i++) stream.create(`r${i}`);
		stream.wait(60);
		await poll();
		for (let i = 0; i < 30; i++) stream.change(`r${i}`, {});
		stream.pagesPerPoll = 2;
		const counts: number[] = [];
		for (let polls = 0; polls < 60; polls++) {
			stream.wait(1);
			counts.push((await poll()).length);
		}
		expect(Math.max(...counts)).toBeLessThan(30);
		expect(emitted.sort()).toEqual(Array.from({ length: 30 }, (_, i) => `r${i}`).sort());
	});

	test('does not read again what was changed just before the poll', async () => {
		const stream = new FakeStream();
		stream.hasDate = true;
		const { poll } = poller(stream, 'recordUpdated');
		for (let i = 0; i < 300; i++) stream.create(`r${i}`);
		stream.wait(60);
		await poll();
		for (let i = 0; i < 300; i++) stream.change(`r${i}`, {});
		stream.wait(1);
		stream.calls();
		expect(await poll()).toHaveLength(300);
		expect(stream.calls()).toBeLessThan(150);
	});

	test('a poll without more time ends soon, even if very much has changed meanwhile', async () => {
		const stream = new FakeStream();
		const { poll, emitted } = poller(stream, 'recordUpdated');
		for (let i = 0; i < 300; i++) stream.create(`r${i}`);
		stream.wait(60);
		await poll();
		for (let i = 0; i < 300; i++) stream.change(`r${i}`, {});
		stream.pagesPerPoll = 2;
		stream.calls();
		await poll();
		expect(stream.calls()).toBeLessThan(40);
		stream.wait(6);
		stream.pagesPerPoll = undefined;
		await poll();
		expect(emitted.sort()).toEqual(Array.from({ length: 300 }, (_, i) => `r${i}`).sort());
	});

	test('after an expiry event whose reading was not finished, only later changes are emitted', async () => {
		const stream = new FakeStream();
		for (let i = 0; i < 30; i++) {
			stream.create(`r${i}`, stream.day(20));
			stream.change(`r${i}`, {});
		}
		stream.wait(60);
		stream.pagesPerPoll = 2;
		const options = { steps: [30], zone: 'UTC', includeDue: false, selectionKey: 'expiring' };
		const expiring = await detectExpiry(
			options,
			undefined,
			[stream.stream],
			stream.clocks,
			WATCH_ALL,
		);
		expect(expiring.state.backlog).toBeDefined();
		stream.pagesPerPoll = undefined;
		const { poll, restore } = poller(stream, 'recordUpdated');
		restore({ version: 1, setting: 'expiring', ...expiring.state });
		expect(await poll()).toEqual([]);
		stream.change('r3', {});
		stream.wait(1);
		expect(await poll()).toEqual(['r3']);
	});

	test('the first poll emits nothing that happened before', async () => {
		const stream = new FakeStream();
		stream.create('old');
		stream.wait(1);
		const { poll } = poller(stream, 'recordCreated');
		expect(await poll()).toEqual([]);
		stream.wait(1);
		expect(await poll()).toEqual([]);
	});

	test('a poll makes one call if nothing changed', async () => {
		const stream = new FakeStream();
		const { poll } = poller(stream, 'recordUpdated');
		await poll();
		stream.wait(1);
		stream.calls();
		await poll();
		expect(stream.calls()).toBe(1);
	});

	test('a record that is created and changed twice between polls triggers once for each event', async () => {
		const stream = new FakeStream();
		const created = poller(stream, 'recordCreated');
		const updated = poller(stream, 'recordUpdated');
		await created.poll();
		await updated.poll();
		stream.wait(1);
		stream.create('a');
		stream.change('a', {});
		stream.change('a', {});
		stream.wait(1);
		expect([await created.poll(), await updated.poll()]).toEqual([['a'], ['a']]);
		stream.change('a', {});
		stream.wait(1);
		expect([await created.poll(), await updated.poll()]).toEqual([[], ['a']]);
	});

	test('two thousand records created at once are emitted once each, and the state remembers them', async () => {
		const stream = new FakeStream();
		stream.pageSize = 512;
		const { poll } = poller(stream, 'recordCreated');
		await poll();
		for (let i = 0; i < 2_000; i++) stream.create(`record ${i}`);
		stream.wait(1);
		expect(new Set(await poll()).size).toBe(2_000);
		stream.wait(1);
		expect(await poll()).toEqual([]);
	});

	test("a new record that is edited just before the next poll triggers once, even if Samsara's clock is ahead", async () => {
		const stream = new FakeStream();
		stream.skew = 60_000;
		const { poll } = poller(stream, 'recordCreated');
		await poll();
		stream.wait(2);
		stream.create('a');
		stream.wait(2);
		expect(await poll()).toEqual(['a']);
		stream.wait(1);
		stream.change('a', {});
		expect(await poll()).toEqual([]);
		stream.wait(2);
		expect(await poll()).toEqual([]);
	});

	test.each(['recordCreated', 'recordUpdated'] as const)(
		'%s: a record that is missing from one poll is not emitted again by the next',
		async (event) => {
			const stream = new FakeStream();
			const { poll } = poller(stream, event);
			await poll();
			stream.create('a');
			stream.change('a', {});
			expect(await poll()).toEqual(['a']);
			stream.filter = () => false;
			expect(await poll()).toEqual([]);
			stream.filter = undefined;
			expect(await poll()).toEqual([]);
		},
	);

	test('no record is missed when pages shift while they are read', async () => {
		const stream = new FakeStream();
		const { poll, emitted } = poller(stream, 'recordUpdated');
		for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) stream.create(id);
		await poll();
		stream.wait(30);
		for (const id of stream.records.keys()) stream.change(id, {});
		let shifts = 1;
		stream.betweenPages = () => {
			if (shifts-- > 0) stream.change('a', {});
		};
		stream.wait(1);
		await poll();
		stream.wait(1);
		await poll();
		expect(new Set(emitted)).toEqual(new Set(stream.records.keys()));
	});

	const step = fc.oneof(
		{ weight: 4, arbitrary: fc.record({ type: fc.constant('create' as const) }) },
		{
			weight: 4,
			arbitrary: fc.record({
				type: fc.constantFrom(
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
			arbitrary: fc.record({ type: fc.constant('poll' as const), failAfter: fc.option(fc.nat(3)) }),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				type: fc.constant('wait' as const),
				minutes: fc.constantFrom(1, 5, 15, 10_080),
			}),
		},
	);

	test.each(['recordCreated', 'recordUpdated', 'recordArchived', 'recordDeleted'] as const)(
		'%s: whatever happens between polls, exactly the versions that a poll could see are emitted',
		async (event) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(step, { maxLength: 60 }),
					fc.constantFrom(-60_000, 0, 60_000),
					async (steps, skew) => {
						const stream = new FakeStream();
						stream.filter = () => true;
						stream.skew = skew;
						let state: TriggerState | undefined;
						const emitted: string[] = [];
						const expected: string[] = [];
						const expectedCreated = new Set<string>();
						let count = 0;
						let pending = new Set<string>();
						const poll = async (failAfter?: number) => {
							stream.calls();
							stream.failAfter = failAfter;
							const attempt = await detectChanges(
								{ event, selectionKey: '' },
								state,
								[stream.stream],
								stream.clocks,
								WATCH_ALL,
							).catch(() => undefined);
							stream.failAfter = undefined;
							if (!attempt) return;
							if (state !== undefined) {
								for (const id of pending) {
									const record = stream.records.get(id)!;
									if (event === 'recordCreated') {
										if (
											!expectedCreated.has(id) &&
											record.recordStatus !== 'deleted' &&
											isNew.has(id)
										) {
											expectedCreated.add(id);
											expected.push(id);
										}
									} else if (matches(event, record)) expected.push(`${id} ${record.updatedAtTime}`);
								}
							}
							for (const id of pending) isNew.delete(id);
							pending = new Set();
							state = JSON.parse(JSON.stringify({ version: 1, setting: '', ...attempt.state }));
							emitted.push(
								...attempt.records.map(({ id, updatedAtTime }) =>
									event === 'recordCreated' ? id : `${id} ${updatedAtTime}`,
								),
							);
						};
						const isNew = new Set<string>();
						await poll();
						for (const action of steps) {
							if (action.type === 'wait') stream.wait(action.minutes);
							else if (action.type === 'create') {
								const id = `r${count++}`;
								stream.create(id);
								pending.add(id);
								isNew.add(id);
							} else if (action.type === 'poll') {
								stream.wait(2);
								await poll(action.failAfter ?? undefined);
							} else {
								const id = `r${action.which}`;
								const status = {
									update: undefined,
									archive: 'archived',
									unarchive: 'active',
									delete: 'deleted',
								} as const;
								const recordStatus = status[action.type];
								if (!stream.records.has(id) || stream.records.get(id)!.recordStatus === 'deleted')
									continue;
								stream.change(id, recordStatus ? { recordStatus } : {});
								pending.add(id);
							}
						}
						stream.wait(2);
						await poll();
						expect(emitted.sort()).toEqual(expected.sort());
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
