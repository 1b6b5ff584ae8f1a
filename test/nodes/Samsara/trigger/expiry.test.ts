import * as fc from 'fast-check';
import { detectExpiry, type ExpiryOptions } from '../../../../nodes/Samsara/trigger/expiry';
import type { TriggerState } from '../../../../nodes/Samsara/trigger/state';
import { FakeStream } from './fakeStream';

const zone = 'America/Chicago';
const DAY = 24 * 60;

/** Polls as the trigger does: the state survives only a poll that came to its end, and only as JSON. */
function poller(stream: FakeStream, options: Partial<ExpiryOptions> = {}) {
	let state: TriggerState | undefined;
	const setting = () => options.setting ?? '';
	return async (failAfter?: number): Promise<string[] | undefined> => {
		stream.calls();
		stream.failAfter = failAfter;
		const settings = { steps: [60, 30, 7], zone, includeDue: false, setting: '', ...options };
		const result = await detectExpiry(settings, state, [stream.stream], stream.clocks).catch(
			() => undefined,
		);
		stream.failAfter = undefined;
		if (!result) return undefined;
		state = JSON.parse(JSON.stringify({ version: 1, setting: setting(), ...result.state }));
		return result.due.map(({ record, days, step }) => `${record.id} ${step ?? 'expired'} ${days}`);
	};
}

describe('what is about to expire', () => {
	test('each step is told once a record and date, on the day it is reached', async () => {
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

	test('a record created inside a window is told once, at the nearest step; an edit tells nothing; a renewed date starts over', async () => {
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

	test('the first poll is silent about what is due already, unless told to include it', async () => {
		const stream = new FakeStream();
		stream.create('card', stream.day(20));
		stream.wait(1);
		expect(await poller(stream)()).toEqual([]);
		expect(await poller(stream, { includeDue: true })()).toEqual(['card 30 20']);
	});

	test("a pause of a week loses nothing: 'expired' and each nearest step come with the first poll after it", async () => {
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

	test('after a change of the setting, what comes in by it is passed over, and what falls due meanwhile is told', async () => {
		const stream = new FakeStream();
		stream.create('late', stream.day(50));
		stream.create('soon', stream.day(31));
		stream.wait(30);
		const options: Partial<ExpiryOptions> = { steps: [30], setting: 'thirty days' };
		const poll = poller(stream, options);
		expect(await poll()).toEqual([]);
		Object.assign(options, { steps: [30, 60], setting: 'thirty and sixty days' });
		stream.wait(DAY);
		expect(await poll()).toEqual(['soon 30 30']);
	});

	test('days are those of the time zone: the same moment is another day in Tokyo', async () => {
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

	test('everything is read once a day, else one call a poll', async () => {
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

	test('100,000 due records leave a state under 256 KiB, and the next day tells only what is new', async () => {
		const stream = new FakeStream();
		stream.pageSize = 200_000;
		const date = stream.day(40);
		for (let i = 0; i < 100_000; i++) stream.create(`r${i}`, date);
		stream.create('next', stream.day(61));
		stream.wait(30);
		const settings: ExpiryOptions = { steps: [60], zone, includeDue: false, setting: '' };
		const first = await detectExpiry(settings, undefined, [stream.stream], stream.clocks);
		stream.wait(DAY);
		const state = JSON.parse(
			JSON.stringify({ version: 1, setting: '', ...first.state }),
		) as TriggerState;
		const second = await detectExpiry(settings, state, [stream.stream], stream.clocks);
		expect(JSON.stringify(second.state).length).toBeLessThan(256 * 1024);
		expect(second.due.map(({ record }) => record.id)).toEqual(['next']);
	}, 60_000);

	const action = fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('create' as const),
				ahead: fc.integer({ min: -3, max: 70 }),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constant('renew' as const),
				which: fc.nat(15),
				ahead: fc.integer({ min: -3, max: 70 }),
			}),
		},
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constantFrom(
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
				kind: fc.constant('poll' as const),
				failAfter: fc.option(fc.nat(4)),
				shift: fc.boolean(),
			}),
		},
		{
			weight: 4,
			arbitrary: fc.record({
				kind: fc.constant('wait' as const),
				minutes: fc.constantFrom(1, 60, DAY, 3 * DAY, 8 * DAY),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constant('clock' as const),
				minutes: fc.constantFrom(-60, -4, 0, 4),
			}),
		},
	);

	test.each([[[60, 30, 7]], ['expired' as const]])(
		'%j: whatever happens between polls, what is told equals what an observer with full memory would tell',
		async (steps) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(action, { maxLength: 80 }),
					fc.constantFrom(-240_000, 0, 240_000),
					async (actions, skew) => {
						const stream = new FakeStream();
						stream.filter = () => true;
						stream.skew = skew;
						const poll = poller(stream, { steps });
						const observer = new Observer(stream, steps);
						await poll();
						observer.observe();
						let count = 0;
						for (const act of actions) {
							const id = 'which' in act ? `r${act.which}` : '';
							const deleted = stream.records.get(id)?.recordStatus === 'deleted';
							if (act.kind === 'wait') stream.wait(act.minutes);
							else if (act.kind === 'clock') stream.offset = act.minutes * 60_000;
							else if (act.kind === 'create')
								stream.create(`r${count++}`, unique(stream, act.ahead));
							else if (act.kind === 'renew' && !deleted)
								stream.change(id, { expirationDate: unique(stream, act.ahead) });
							else if (act.kind === 'poll') {
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
							} else if (!deleted && act.kind !== 'renew') {
								const status = {
									edit: undefined,
									archive: 'archived',
									unarchive: 'active',
									delete: 'deleted',
								} as const;
								stream.change(id, status[act.kind] ? { recordStatus: status[act.kind] } : {});
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

let moments = 0;

/** An expiration in that many days, at a time of day that no other record has: dates never come back. */
function unique(stream: FakeStream, ahead: number): string {
	moments = (moments + 1) % 600;
	return stream
		.day(ahead)
		.replace(
			'00:00:00',
			`17:${String(Math.floor(moments / 60)).padStart(2, '0')}:${String(moments % 60).padStart(2, '0')}`,
		);
}

/** Tells by comparing everything with everything that it has ever told. */
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
		// A clock that is set back over midnight brings no day back.
		this.today = [this.today, date(this.stream.clock())].sort().pop()!;
		return Math.round(
			(Date.parse(date(Date.parse(expirationDate))) - Date.parse(this.today)) / 86_400_000,
		);
	}
}
