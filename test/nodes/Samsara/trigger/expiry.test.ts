import * as fc from 'fast-check';
import { detectExpiry, type ExpiryOptions } from '../../../../nodes/Samsara/trigger/expiry';
import type { TriggerState } from '../../../../nodes/Samsara/trigger/state';
import { FakeStream, WATCH_ALL } from './fakeStream';

const zone = 'America/Chicago';
const DAY = 24 * 60;

/** Polls as the trigger does: the state is kept only if the poll succeeds, and only as JSON. */
function poller(stream: FakeStream, options: Partial<ExpiryOptions> = {}) {
	let state: TriggerState | undefined;
	const pollOnce = async (failAfter?: number): Promise<string[] | undefined> => {
		stream.calls();
		stream.failAfter = failAfter;
		const settings = { steps: [60, 30, 7], zone, includeDue: false, selectionKey: '', ...options };
		const result = await detectExpiry(
			settings,
			state,
			[stream.stream],
			stream.clocks,
			WATCH_ALL,
		).catch(() => undefined);
		stream.failAfter = undefined;
		if (!result) return undefined;
		state = JSON.parse(
			JSON.stringify({ version: 1, setting: settings.selectionKey, ...result.state }),
		);
		return result.due.map(({ record, days, step }) => `${record.id} ${step ?? 'expired'} ${days}`);
	};
	/** Polls until nothing is left unread. */
	const pollAll = async (failAfter?: number): Promise<string[] | undefined> => {
		const emitted = await pollOnce(failAfter);
		for (let polls = 0; emitted && state?.backlog && polls < 100; polls++)
			emitted.push(...(await pollOnce())!);
		expect(state?.backlog).toBeUndefined();
		return emitted;
	};
	return Object.assign(pollAll, {
		once: pollOnce,
		state: () => state,
		restore: (stored: TriggerState) => void (state = stored),
	});
}

describe('detectExpiry', () => {
	test('each step is emitted once per record and date, on the day it is reached', async () => {
		const stream = new FakeStream();
		const poll = poller(stream);
		stream.create('card', stream.day(61));
		await poll();
		const emitted: string[] = [];
		for (let day = 0; day < 64; day++) {
			stream.wait(DAY / 2);
			emitted.push(...(await poll())!);
			stream.wait(DAY / 2);
			emitted.push(...(await poll())!);
		}
		expect(emitted).toEqual(['card 60 60', 'card 30 30', 'card 7 7']);
	});

	test('a record created between two steps is emitted once, at the nearest; an edit emits nothing; a new date starts over', async () => {
		const stream = new FakeStream();
		const poll = poller(stream);
		await poll();
		stream.wait(1);
		stream.create('card', stream.day(20));
		stream.wait(1);
		expect(await poll()).toEqual(['card 30 20']);
		stream.change('card', {});
		stream.wait(1);
		expect(await poll()).toEqual([]);
		stream.change('card', { expirationDate: stream.day(45) });
		stream.wait(1);
		expect(await poll()).toEqual(['card 60 45']);
	});

	test('the first poll emits records that are already due only if they are to be included', async () => {
		const stream = new FakeStream();
		stream.create('card', stream.day(20));
		stream.wait(1);
		expect(await poller(stream)()).toEqual([]);
		expect(await poller(stream, { includeDue: true })()).toEqual(['card 30 20']);
	});

	test('the first poll after a pause of a week emits expired records and the nearest steps', async () => {
		const stream = new FakeStream();
		stream.create('soon', stream.day(33));
		stream.create('over', stream.day(3));
		stream.wait(1);
		const expiring = poller(stream);
		const expired = poller(stream, { steps: 'expired' });
		await expiring();
		await expired();
		stream.wait(7 * DAY);
		expect(await expiring()).toEqual(['soon 30 26']);
		expect(await expired()).toEqual(['over expired -4']);
		stream.wait(7 * DAY);
		expect(await expired()).toEqual([]);
	});

	test('after a change of the settings, records that match only because of it are skipped, and records that became due meanwhile are emitted', async () => {
		const stream = new FakeStream();
		stream.create('late', stream.day(50));
		stream.create('soon', stream.day(31));
		stream.wait(30);
		const options: Partial<ExpiryOptions> = { steps: [30], selectionKey: 'thirty days' };
		const poll = poller(stream, options);
		expect(await poll()).toEqual([]);
		Object.assign(options, { steps: [30, 60], selectionKey: 'thirty and sixty days' });
		stream.wait(DAY);
		expect(await poll()).toEqual(['soon 30 30']);
	});

	test('days are counted in the time zone: the same moment is another day in Tokyo', async () => {
		const stream = new FakeStream();
		stream.create('card', stream.day(32));
		stream.wait(1);
		const chicago = poller(stream);
		const tokyo = poller(stream, { zone: 'Asia/Tokyo' });
		await chicago();
		await tokyo();
		stream.wait(22 * 60);
		expect([await chicago(), await tokyo()]).toEqual([[], ['card 30 30']]);
	});

	test('all records are read once a day; other polls make one call', async () => {
		const stream = new FakeStream();
		for (let i = 0; i < 30; i++) stream.create(`r${i}`, stream.day(90));
		stream.wait(60);
		const poll = poller(stream);
		await poll();
		const calls: number[] = [];
		for (let hour = 0; hour < 24; hour++) {
			stream.wait(60);
			await poll();
			calls.push(stream.calls());
		}
		expect(calls.filter((count) => count > 1).length).toBe(1);
	});

	test('100,000 due records fit into a state under 256 KiB, and the next day emits only the one that becomes due', async () => {
		const stream = new FakeStream();
		stream.pageSize = 200_000;
		const date = stream.day(40);
		for (let i = 0; i < 100_000; i++) stream.create(`r${i}`, date);
		stream.create('next', stream.day(61));
		stream.wait(30);
		const settings: ExpiryOptions = { steps: [60], zone, includeDue: false, selectionKey: '' };
		const first = await detectExpiry(
			settings,
			undefined,
			[stream.stream],
			stream.clocks,
			WATCH_ALL,
		);
		stream.wait(DAY);
		const state = JSON.parse(
			JSON.stringify({ version: 1, setting: '', ...first.state }),
		) as TriggerState;
		const second = await detectExpiry(settings, state, [stream.stream], stream.clocks, WATCH_ALL);
		expect(JSON.stringify(second.state).length).toBeLessThan(256 * 1024);
		expect(second.due.map(({ record }) => record.id)).toEqual(['next']);
	}, 60_000);

	describe('a poll that n8n gives too little time to read everything', () => {
		/** An account with as many due records, and a poller that reads two pages at a time. */
		function startWith(count: number, options: Partial<ExpiryOptions> = {}) {
			const stream = new FakeStream();
			for (let i = 0; i < count; i++) stream.create(`r${i}`, stream.day(20));
			stream.wait(60);
			stream.pagesPerPoll = 2;
			return { stream, poll: poller(stream, options) };
		}

		test('goes on in the next polls: records that were due at the start are not emitted, new ones are, once', async () => {
			const { stream, poll } = startWith(40);
			stream.create('later', stream.day(31));
			stream.wait(1);
			const emitted = await poll.once();
			expect(poll.state()?.backlog).toBeDefined();
			stream.wait(1);
			stream.create('new', stream.day(20));
			stream.change('r3', {});
			stream.wait(1);
			expect([...emitted!, ...(await poll())!]).toEqual(['new 30 20']);
			stream.wait(DAY);
			expect(await poll()).toEqual(['later 30 30']);
		});

		test('emits every record that is to be included, once', async () => {
			const { stream, poll } = startWith(40, { includeDue: true });
			const emitted = (await poll.once())!;
			for (let polls = 0; polls < 30; polls++) {
				stream.change(`r${polls}`, {});
				stream.wait(1);
				emitted.push(...(await poll.once())!);
			}
			emitted.push(...(await poll())!);
			expect(emitted.sort()).toEqual(Array.from({ length: 40 }, (_, i) => `r${i} 30 20`).sort());
		});

		test('finishes a day before it starts the next, and emits each step once', async () => {
			const stream = new FakeStream();
			for (let i = 0; i < 20; i++) stream.create(`r${i}`, stream.day(31 + (i % 4)));
			stream.wait(60);
			const poll = poller(stream);
			await poll();
			stream.pagesPerPoll = 2;
			const emitted: string[] = [];
			for (let halfDay = 0; halfDay < 60; halfDay++) {
				stream.wait(DAY / 2);
				emitted.push(...(await poll.once())!);
			}
			const steps = emitted.map((text) => text.split(' ').slice(0, 2).join(' '));
			const expected = Array.from({ length: 20 }, (_, i) => [`r${i} 30`, `r${i} 7`]).flat();
			expect(steps.sort()).toEqual(expected.sort());
		});

		test('after a change of settings emits only what becomes due from then on', async () => {
			const { stream, poll } = startWith(40);
			await poll();
			const widened = poller(stream, { steps: [60, 40, 30, 7], selectionKey: 'more' });
			widened.restore(poll.state()!);
			expect(await widened()).toEqual([]);
			stream.wait(13 * DAY);
			expect(await widened()).toHaveLength(40);
		});

		test('keeps its state below 256 KiB with 100,000 due records', async () => {
			const stream = new FakeStream();
			stream.pageSize = 20_000;
			for (let i = 0; i < 100_000; i++) stream.create(`r${i}`, stream.day(40));
			stream.wait(30);
			const poll = poller(stream, { steps: [60] });
			await poll();
			stream.wait(DAY);
			stream.pagesPerPoll = 2;
			for (let polls = 0; polls < 10; polls++) {
				expect(await poll.once()).toEqual([]);
				expect(JSON.stringify(poll.state()).length).toBeLessThan(256 * 1024);
			}
			expect(poll.state()?.backlog).toBeUndefined();
		}, 120_000);
	});

	const action = fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				type: fc.constant('create' as const),
				ahead: fc.integer({ min: -3, max: 70 }),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				type: fc.constant('renew' as const),
				which: fc.nat(15),
				ahead: fc.integer({ min: -3, max: 70 }),
			}),
		},
		{
			weight: 3,
			arbitrary: fc.record({
				type: fc.constantFrom(
					'edit' as const,
					'archive' as const,
					'unarchive' as const,
					'delete' as const,
				),
				which: fc.nat(15),
			}),
		},
		{
			weight: 5,
			arbitrary: fc.record({
				type: fc.constant('poll' as const),
				failAfter: fc.option(fc.nat(4)),
				shift: fc.boolean(),
			}),
		},
		{
			weight: 4,
			arbitrary: fc.record({
				type: fc.constant('wait' as const),
				minutes: fc.constantFrom(1, 60, DAY, 3 * DAY, 8 * DAY),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				type: fc.constant('clock' as const),
				minutes: fc.constantFrom(-60, -4, 0, 4),
			}),
		},
	);

	test.each([[[60, 30, 7]], ['expired' as const]])(
		'%j: whatever happens between polls, the same records are emitted as by an observer that remembers everything',
		async (steps) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(action, { maxLength: 80 }),
					fc.constantFrom(-240_000, 0, 240_000),
					fc.constantFrom(undefined, 1, 2, 5),
					async (actions, skew, pagesPerPoll) => {
						const stream = new FakeStream();
						stream.filter = () => true;
						stream.skew = skew;
						stream.pagesPerPoll = pagesPerPoll;
						const poll = poller(stream, { steps });
						const observer = new Observer(stream, steps);
						await poll();
						observer.observe();
						let count = 0;
						for (const act of actions) {
							const id = 'which' in act ? `r${act.which}` : '';
							const deleted = stream.records.get(id)?.recordStatus === 'deleted';
							if (act.type === 'wait') stream.wait(act.minutes);
							else if (act.type === 'clock') stream.offset = act.minutes * 60_000;
							else if (act.type === 'create')
								stream.create(`r${count++}`, uniqueDate(stream, act.ahead));
							else if (act.type === 'renew' && !deleted)
								stream.change(id, { expirationDate: uniqueDate(stream, act.ahead) });
							else if (act.type === 'poll') {
								stream.wait(2);
								let shifts = act.shift ? 2 : 0;
								stream.betweenPages = () => {
									const [first] = [...stream.records.values()].sort((a, b) =>
										a.updatedAtTime.localeCompare(b.updatedAtTime),
									);
									if (shifts-- > 0 && first.recordStatus === 'active') stream.change(first.id, {});
								};
								const emitted = await poll(act.failAfter ?? undefined);
								if (emitted) observer.expect(emitted);
							} else if (!deleted && act.type !== 'renew') {
								const status = {
									edit: undefined,
									archive: 'archived',
									unarchive: 'active',
									delete: 'deleted',
								} as const;
								stream.change(id, status[act.type] ? { recordStatus: status[act.type] } : {});
							}
						}
					},
				),
				{ numRuns: 1000, seed: 20261122 },
			);
		},
		120_000,
	);
});

let dateCount = 0;

/** A date in that many days, at a time of day that no other record has, so that no date occurs twice. */
function uniqueDate(stream: FakeStream, ahead: number): string {
	dateCount = (dateCount + 1) % 600;
	return stream
		.day(ahead)
		.replace(
			'00:00:00',
			`17:${String(Math.floor(dateCount / 60)).padStart(2, '0')}:${String(dateCount % 60).padStart(2, '0')}`,
		);
}

/** Compares all records with everything that it has ever emitted. */
class Observer {
	private readonly emitted = new Map<string, string>();

	private today = '';

	constructor(
		private readonly stream: FakeStream,
		private readonly steps: number[] | 'expired',
	) {}

	observe(): string[] {
		const now: string[] = [];
		for (const { id, expirationDate, recordStatus } of this.stream.records.values()) {
			const key = `${id} ${expirationDate}`;
			if (recordStatus !== 'active') this.emitted.delete(key);
			const days = this.days(expirationDate!);
			const step =
				this.steps === 'expired'
					? days < 0
						? 'expired'
						: undefined
					: days < 0
						? undefined
						: [...this.steps].sort((a, b) => a - b).find((ahead) => days <= ahead);
			if (recordStatus !== 'active' || step === undefined || this.emitted.get(key) === String(step))
				continue;
			this.emitted.set(key, String(step));
			now.push(`${id} ${step} ${days}`);
		}
		return now;
	}

	expect(emitted: string[]): void {
		expect([...emitted].sort()).toEqual(this.observe().sort());
	}

	private days(expirationDate: string): number {
		const date = (time: number) => new Date(time).toLocaleDateString('en-CA', { timeZone: zone });
		// No day comes twice when the clock is set back past midnight.
		this.today = [this.today, date(this.stream.clock())].sort().pop()!;
		return Math.round(
			(Date.parse(date(Date.parse(expirationDate))) - Date.parse(this.today)) / 86_400_000,
		);
	}
}
