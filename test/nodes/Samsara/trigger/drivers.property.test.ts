import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../../nodes/Samsara/api/clock';
import { poll } from '../../../../nodes/Samsara/trigger/poll';
import {
	DriverAccount,
	type Emptiness,
	type Member,
	type StoredDriver as Driver,
} from './driverAccount';

const MINUTE = 60_000;

/** Times of Samsara's servers may differ by this. */
const SKEW_MS = 1_000;

const PARTS = ['attributes', 'externalIds', 'name', 'status', 'tags'] as const;

const original = { ...clock };

afterEach(() => void Object.assign(clock, original));

const member = fc.constantFrom<Member>(
	'name',
	'status',
	'tags',
	'externalIds',
	'attributes',
	'phone',
);

const edit = fc.record({ which: fc.nat(9), member, value: fc.nat(2) });

/** What happens between two responses of a poll: an edit, or a new driver. */
const interference = fc.option(edit, { freq: 3 });

type Interference = typeof interference extends fc.Arbitrary<infer T> ? T : never;

const anyStep = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({ action: fc.constant('add' as const), count: fc.constantFrom(1, 1, 7) }),
	},
	{ weight: 8, arbitrary: fc.record({ action: fc.constant('edit' as const), edit }) },
	{
		weight: 6,
		arbitrary: fc.record({
			action: fc.constant('poll' as const),
			failAfter: fc.option(fc.nat(6), { freq: 5 }),
			during: fc.oneof(
				fc.constant<Array<Interference | null>>([]),
				fc.array(fc.option(interference, { freq: 2 }), { maxLength: 6 }),
			),
			isOverlapped: fc.boolean(),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			action: fc.constant('wait' as const),
			minutes: fc.constantFrom(0.1, 1, 4, 15, 20_160),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			action: fc.constant('clock' as const),
			minutes: fc.constantFrom(-64, -4, 0, 64),
		}),
	},
);

const filters: Array<{
	filter: IDataObject;
	passes: (driver: Driver, changed?: string[] | null) => boolean;
}> = [
	{ filter: {}, passes: () => true },
	{ filter: { driverActivationStatus: 'active' }, passes: ({ status }) => status === 'active' },
	{ filter: { tagIds: ['2'] }, passes: ({ tags }) => tags.includes('2') },
	{
		filter: { changes: ['tags', 'status'] },
		passes: (_driver, changed) =>
			!changed || changed.includes('tags') || changed.includes('status'),
	},
];

function differences(before: Driver, after: Driver): string[] {
	return PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
}

function isSame(before: Driver, after: Driver): boolean {
	return before.updatedAt === after.updatedAt && differences(before, after).length === 0;
}

/** The version that a row shows. */
function versionOf({ driver }: IDataObject, history: Driver[]): Driver {
	const row = driver as unknown as Record<string, Array<{ id: string; stringValues?: string[] }>> &
		Record<'name' | 'phone' | 'driverActivationStatus' | 'updatedAtTime', string>;
	const texts = (list: string[] = []) => [...list].sort().join();
	const [attribute] = (row.attributes ?? []).filter(({ id }) => id === 'k');
	const version = history.find(
		(candidate) =>
			candidate.name === row.name &&
			candidate.phone === row.phone &&
			candidate.status === row.driverActivationStatus &&
			candidate.updatedAt === Date.parse(row.updatedAtTime) &&
			texts(candidate.tags) === texts((row.tags ?? []).map(({ id }) => id)) &&
			texts(candidate.attributes) === texts(attribute?.stringValues) &&
			JSON.stringify(candidate.externalIds) === JSON.stringify(row.externalIds ?? {}),
	);
	expect(version).toBeDefined();
	return version!;
}

/** The rows of one poll: each driver once, oldest first. */
function expectOrder(rows: IDataObject[], event: string): void {
	const drivers = rows.map(({ driver }) => driver as Record<string, string>);
	expect(new Set(drivers.map(({ id }) => id)).size).toBe(rows.length);
	const times = drivers.map(({ createdAtTime, updatedAtTime }) =>
		Date.parse(event === 'driverCreated' ? createdAtTime : updatedAtTime),
	);
	expect(times).toEqual([...times].sort((a, b) => a - b));
}

/** Knows every version of every driver, and which of them the trigger may remember. */
class Observer {
	readonly history = new Map<string, Driver[]>();

	/** By ID: the versions of which one is remembered; undefined stands for none. */
	private readonly remembered = new Map<string, Array<Driver | undefined>>();

	private readonly created = new Set<string>();

	private firstPollAt?: number;

	private lastPollAt = Infinity;

	constructor(
		private readonly account: DriverAccount,
		private readonly event: string,
		private readonly passes: (driver: Driver, changed?: string[] | null) => boolean,
	) {}

	/** Notes the current versions. */
	note(): void {
		for (const driver of this.account.drivers.values()) {
			const versions = this.history.get(driver.id) ?? [];
			if (versions.at(-1) !== driver) versions.push(driver);
			this.history.set(driver.id, versions);
		}
	}

	/**
	 * Checks the rows of a poll.
	 *
	 * @param isWhole whether all drivers have been read for certain
	 */
	check(
		rows: IDataObject[],
		start: Map<string, Driver>,
		startedAt: number,
		isWhole: boolean,
	): void {
		this.note();
		if (this.firstPollAt === undefined) {
			expect(rows).toEqual([]);
			this.firstPollAt = startedAt;
		}
		// Without changes during the reading, no driver can slip from one page to another unread.
		const isQuiet = [...this.account.drivers].every(([id, driver]) => start.get(id) === driver);
		for (const [id, versions] of this.history)
			this.checkDriver(
				rows.filter(({ driver }) => Object(driver).id === id),
				versions,
				start.get(id),
				isQuiet,
				isWhole,
			);
		this.lastPollAt = startedAt;
	}

	/** @param rows of one driver: several if the reading took several polls and the driver changed meanwhile */
	private checkDriver(
		rows: IDataObject[],
		versions: Driver[],
		start: Driver | undefined,
		isQuiet: boolean,
		isWhole: boolean,
	): void {
		const current = versions.at(-1)!;
		const { id } = current;
		const isStable = start === current;
		if (isStable || this.event === 'driverCreated') expect(rows.length).toBeLessThan(2);
		const isRead = isStable && isQuiet && (isWhole || current.updatedAt >= this.lastPollAt);
		const during = isStable ? [current] : versions.slice(start ? versions.indexOf(start) : 0);
		for (const row of rows.length > 0 ? rows : [undefined]) {
			const before = this.remembered.get(id) ?? [undefined];
			if (this.event === 'driverCreated') this.checkCreated(row, current, isRead);
			else if (isRead) this.checkUpdated(row, versions, before, current);
			// Of several polls, one may have seen a version that the filter does not let through.
			else this.checkUpdated(row, versions, [...before, ...during]);
			if (row) this.remembered.set(id, [versionOf(row, versions)]);
			else if (isRead) this.remembered.set(id, [current]);
			else this.remembered.set(id, [...new Set([...before, ...during])]);
		}
	}

	private checkCreated(row: IDataObject | undefined, driver: Driver, isRead: boolean): void {
		const { id, createdAt } = driver;
		const isOld = createdAt < this.firstPollAt!;
		if (row) {
			expect(this.created).not.toContain(id);
			expect(isOld).toBe(false);
			expect(this.passes(versionOf(row, this.history.get(id)!))).toBe(true);
		}
		// What did not pass when it was first seen does not trigger later.
		const isDue =
			!isOld && isRead && this.passes(driver) && !this.created.has(id) && this.isUnknown(id);
		if (isDue) expect(row).toBeDefined();
		if (row) this.created.add(id);
	}

	private isUnknown(id: string): boolean {
		return (this.remembered.get(id) ?? [undefined]).every((version) => version === undefined);
	}

	private checkUpdated(
		row: IDataObject | undefined,
		versions: Driver[],
		before: Array<Driver | undefined>,
		read?: Driver,
	): void {
		const isNewUpdate = ({ createdAt, updatedAt }: Driver) =>
			updatedAt >= this.firstPollAt! - SKEW_MS && updatedAt > createdAt + SKEW_MS;
		if (row) {
			const version = versionOf(row, versions);
			const changed = row.changed as string[] | null;
			const isTrue = before.some((earlier) =>
				earlier
					? !isSame(earlier, version) &&
						JSON.stringify(changed) === JSON.stringify(differences(earlier, version))
					: changed === null && isNewUpdate(version),
			);
			expect(isTrue).toBe(true);
			expect(this.passes(version, changed)).toBe(true);
		}
		if (!read || row) return;
		const mustTrigger = before.every((earlier) =>
			earlier
				? !isSame(earlier, read) && this.passes(read, differences(earlier, read))
				: isNewUpdate(read) && read.updatedAt >= this.firstPollAt! + SKEW_MS && this.passes(read),
		);
		expect(mustTrigger).toBe(false);
	}
}

test.each(['driverCreated', 'driverUpdated'])(
	'%s: every event triggers exactly once and tells what changed, whatever happens to drivers, clocks, pages, and polls',
	async (event) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(anyStep, { maxLength: 50 }),
				fc.record({
					emptiness: fc.array(fc.constantFrom<Emptiness>('empty', 'null', 'missing'), {
						minLength: 1,
						maxLength: 3,
					}),
					isRepeating: fc.boolean(),
					silent: fc.subarray<Member>(['attributes', 'tags', 'externalIds', 'status', 'name']),
					budget: fc.constantFrom(undefined, 300_000, 500, 200),
				}),
				fc.constantFrom(...filters),
				async (steps, settings, { filter, passes }) => {
					const account = Object.assign(new DriverAccount(), settings);
					clock.now = account.now;
					clock.monotonic = () => account.time;
					clock.sleep = async (milliseconds) => void (account.time += milliseconds);
					account.parameters = { event, simplify: false, filters: filter };
					const observer = new Observer(account, event, passes);
					let count = 0;
					const add = () => account.add(`${1000 + 37 * count++}`);
					const change = ({ which, member: name, value }: NonNullable<Interference>) =>
						account.edit(`${1000 + 37 * which}`, name, value);
					const hasUnread = () => Object(account.staticData.watch).drivers?.unread !== undefined;
					const store = () => (account.staticData = JSON.parse(JSON.stringify(account.staticData)));

					const pollOnce = async (
						during: Array<Interference | null> = [],
						failAfter?: number,
						isOverlapped = false,
						isWhole = false,
					) => {
						const changes = [...during];
						account.beforeResponse = () => {
							if (changes.length === 0) return;
							const next = changes.pop();
							if (next) change(next);
							else if (next === null) add();
							observer.note();
						};
						account.failAfter = failAfter;
						const startedAt = account.time;
						const start = new Map(account.drivers);
						let open: () => void = () => {};
						if (isOverlapped) account.gate = new Promise<void>((resolve) => (open = resolve));
						const running = poll(account.context()).catch(() => undefined);
						if (isOverlapped) {
							expect(await poll(account.context())).toEqual([]);
							open();
						}
						const rows = await running;
						account.failAfter = undefined;
						store();
						if (!rows) return;
						expectOrder(rows, event);
						const all = [...rows];
						for (let polls = 0; hasUnread() && polls < 200; polls++) {
							const more = await poll(account.context());
							expectOrder(more, event);
							all.push(...more);
							store();
						}
						expect(hasUnread()).toBe(false);
						expect(JSON.stringify(account.staticData).length).toBeLessThan(262_144);
						observer.check(all, start, startedAt, isWhole);
					};

					for (let i = 0; i < 4; i++) add();
					observer.note();
					await pollOnce();
					for (const step of steps) {
						if (step.action === 'add') for (let i = 0; i < step.count; i++) add();
						else if (step.action === 'edit') change(step.edit);
						else if (step.action === 'wait') account.time += step.minutes * MINUTE;
						else if (step.action === 'clock') account.offset = step.minutes * MINUTE;
						else await pollOnce(step.during, step.failAfter ?? undefined, step.isOverlapped);
						observer.note();
					}
					account.time += 60 * MINUTE;
					await pollOnce([], undefined, false, true);
					account.time += 60 * MINUTE;
					await pollOnce([], undefined, false, true);
				},
			),
			{ numRuns: 500 },
		);
	},
	120_000,
);
