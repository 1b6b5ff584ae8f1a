import * as fc from 'fast-check';
import { tellExpiry, type ExpiryOptions } from '../../../../nodes/Samsara/watch/expiry';
import type { WatchState } from '../../../../nodes/Samsara/watch/state';
import { World } from './world';

const zone = 'America/Chicago';
const DAY = 24 * 60;

/** Polls as the trigger does: the state survives only a poll that came to its end, and only as JSON. */
function poller(world: World, options: Partial<ExpiryOptions> = {}) {
	let state: WatchState | undefined;
	const setting = () => options.setting ?? '';
	return async (failAfter?: number): Promise<string[] | undefined> => {
		world.calls();
		world.failAfter = failAfter;
		const settings = { steps: [60, 30, 7], zone, includeDue: false, setting: '', ...options };
		const result = await tellExpiry(settings, state, [world.stream], world.clocks).catch(
			() => undefined,
		);
		world.failAfter = undefined;
		if (!result) return undefined;
		state = JSON.parse(JSON.stringify({ version: 1, setting: setting(), ...result.state }));
		return result.due.map(({ record, days, step }) => `${record.id} ${step ?? 'expired'} ${days}`);
	};
}

describe('what is about to expire', () => {
	test('each step is told once a record and date, on the day it is reached', async () => {
		const world = new World();
		const poll = poller(world);
		world.create('card', world.day(61));
		await poll();
		const told: string[] = [];
		for (let day = 0; day < 64; day++) {
			world.wait(DAY / 2);
			told.push(...(await poll())!);
			world.wait(DAY / 2);
			told.push(...(await poll())!);
		}
		expect(told).toEqual(['card 60 60', 'card 30 30', 'card 7 7']);
	});

	test('a record created inside a window is told once, at the nearest step; an edit tells nothing; a renewed date starts over', async () => {
		const world = new World();
		const poll = poller(world);
		await poll();
		world.wait(1);
		world.create('card', world.day(20));
		world.wait(1);
		expect(await poll()).toEqual(['card 30 20']);
		world.change('card', {});
		world.wait(1);
		expect(await poll()).toEqual([]);
		world.change('card', { expirationDate: world.day(45) });
		world.wait(1);
		expect(await poll()).toEqual(['card 60 45']);
	});

	test('the first poll is silent about what is due already, unless told to include it', async () => {
		const world = new World();
		world.create('card', world.day(20));
		world.wait(1);
		expect(await poller(world)()).toEqual([]);
		expect(await poller(world, { includeDue: true })()).toEqual(['card 30 20']);
	});

	test("a pause of a week loses nothing: 'expired' and each nearest step come with the first poll after it", async () => {
		const world = new World();
		world.create('soon', world.day(33));
		world.create('over', world.day(3));
		world.wait(1);
		const expiring = poller(world);
		const expired = poller(world, { steps: 'expired' });
		await expiring();
		await expired();
		world.wait(7 * DAY);
		expect(await expiring()).toEqual(['soon 30 26']);
		expect(await expired()).toEqual(['over expired -4']);
		world.wait(7 * DAY);
		expect(await expired()).toEqual([]);
	});

	test('after a change of the setting, what comes in by it is passed over, and what falls due meanwhile is told', async () => {
		const world = new World();
		world.create('late', world.day(50));
		world.create('soon', world.day(31));
		world.wait(30);
		const options: Partial<ExpiryOptions> = { steps: [30], setting: 'thirty days' };
		const poll = poller(world, options);
		expect(await poll()).toEqual([]);
		Object.assign(options, { steps: [30, 60], setting: 'thirty and sixty days' });
		world.wait(DAY);
		expect(await poll()).toEqual(['soon 30 30']);
	});

	test('days are those of the time zone: the same moment is another day in Tokyo', async () => {
		const world = new World();
		world.create('card', world.day(32));
		world.wait(1);
		const chicago = poller(world);
		const tokyo = poller(world, { zone: 'Asia/Tokyo' });
		await chicago();
		await tokyo();
		world.wait(22 * 60);
		expect([await chicago(), await tokyo()]).toEqual([[], ['card 30 30']]);
	});

	test('everything is read once a day, else one call a poll', async () => {
		const world = new World();
		for (let i = 0; i < 30; i++) world.create(`r${i}`, world.day(90));
		world.wait(60);
		const poll = poller(world);
		await poll();
		const calls: number[] = [];
		for (let hour = 0; hour < 24; hour++) {
			world.wait(60);
			await poll();
			calls.push(world.calls());
		}
		expect(calls.filter((count) => count > 1).length).toBe(1);
	});

	test('100,000 due records leave a state under 256 KiB, and the next day tells only what is new', async () => {
		const world = new World();
		world.pageSize = 200_000;
		const date = world.day(40);
		for (let i = 0; i < 100_000; i++) world.create(`r${i}`, date);
		world.create('next', world.day(61));
		world.wait(30);
		const settings: ExpiryOptions = { steps: [60], zone, includeDue: false, setting: '' };
		const first = await tellExpiry(settings, undefined, [world.stream], world.clocks);
		world.wait(DAY);
		const state = JSON.parse(
			JSON.stringify({ version: 1, setting: '', ...first.state }),
		) as WatchState;
		const second = await tellExpiry(settings, state, [world.stream], world.clocks);
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
						const world = new World();
						world.filter = () => true;
						world.skew = skew;
						const poll = poller(world, { steps });
						const observer = new Observer(world, steps);
						await poll();
						observer.look();
						let count = 0;
						for (const act of actions) {
							const id = 'which' in act ? `r${act.which}` : '';
							const deleted = world.records.get(id)?.recordStatus === 'deleted';
							if (act.kind === 'wait') world.wait(act.minutes);
							else if (act.kind === 'clock') world.offset = act.minutes * 60_000;
							else if (act.kind === 'create') world.create(`r${count++}`, unique(world, act.ahead));
							else if (act.kind === 'renew' && !deleted)
								world.change(id, { expirationDate: unique(world, act.ahead) });
							else if (act.kind === 'poll') {
								world.wait(2);
								let shifts = act.shift ? 2 : 0;
								world.betweenPages = () => {
									const [first] = [...world.records.values()].sort((a, b) =>
										a.updatedAtTime.localeCompare(b.updatedAtTime),
									);
									if (shifts-- > 0 && first.recordStatus === 'active') world.change(first.id, {});
								};
								const told = await poll(act.failAfter ?? undefined);
								if (told) observer.expect(told);
							} else if (!deleted && act.kind !== 'renew') {
								const status = {
									edit: undefined,
									archive: 'archived',
									unarchive: 'active',
									delete: 'deleted',
								} as const;
								world.change(id, status[act.kind] ? { recordStatus: status[act.kind] } : {});
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
function unique(world: World, ahead: number): string {
	moments = (moments + 1) % 600;
	return world
		.day(ahead)
		.replace(
			'00:00:00',
			`17:${String(Math.floor(moments / 60)).padStart(2, '0')}:${String(moments % 60).padStart(2, '0')}`,
		);
}

/** Tells by comparing everything with everything that it has ever told. */
class Observer {
	private readonly told = new Map<string, string>();

	private today = '';

	constructor(
		private readonly world: World,
		private readonly steps: number[] | 'expired',
	) {}

	look(): string[] {
		const now: string[] = [];
		for (const { id, expirationDate, recordStatus } of this.world.records.values()) {
			const key = `${id} ${expirationDate}`;
			if (recordStatus !== 'active') this.told.delete(key);
			const days = this.days(expirationDate!);
			const step =
				this.steps === 'expired'
					? days < 0
						? 'expired'
						: undefined
					: days < 0
						? undefined
						: [...this.steps].sort((a, b) => a - b).find((ahead) => days <= ahead);
			if (recordStatus !== 'active' || step === undefined || this.told.get(key) === String(step))
				continue;
			this.told.set(key, String(step));
			now.push(`${id} ${step} ${days}`);
		}
		return now;
	}

	expect(told: string[]): void {
		expect([...told].sort()).toEqual(this.look().sort());
	}

	private days(expirationDate: string): number {
		const date = (time: number) => new Date(time).toLocaleDateString('en-CA', { timeZone: zone });
		// A clock that is set back over midnight brings no day back.
		this.today = [this.today, date(this.world.clock())].sort().pop()!;
		return Math.round(
			(Date.parse(date(Date.parse(expirationDate))) - Date.parse(this.today)) / 86_400_000,
		);
	}
}
