import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../../nodes/Samsara/api/clock';
import type { QualificationRecord } from '../../../../nodes/Samsara/api/types';
import { poll } from '../../../../nodes/Samsara/trigger/poll';
import { Account } from './account';

type Record = QualificationRecord & { version: number };
type Event = 'recordCreated' | 'recordUpdated' | 'recordArchived' | 'recordDeleted';

const MINUTE = 60_000;

const original = { ...clock };

afterEach(() => void Object.assign(clock, original));

/** Filters as a person may enter them, by name or by ID, and the records that pass them. */
const filters: Array<{
	enter: (account: Account) => IDataObject;
	entityType?: 'worker' | 'asset' | 'both';
	passes: (record: Record, account: Account) => boolean;
}> = [
	{ enter: () => ({}), passes: () => true },
	{
		enter: () => ({}),
		entityType: 'worker',
		passes: ({ owner }) => owner.entityType === 'worker',
	},
	{ enter: () => ({ qualificationTypes: 'card a' }), passes: isCard('Card A') },
	{
		enter: ({ types }) => ({
			qualificationTypes: types
				.filter(({ name }) => name === 'Card A')
				.map(({ id }) => id.toUpperCase()),
		}),
		passes: isCard('Card A'),
	},
	{
		enter: () => ({ qualificationTypes: ['Card B'] }),
		entityType: 'worker',
		passes: (record, account) =>
			record.owner.entityType === 'worker' && isCard('Card B')(record, account),
	},
	{
		enter: () => ({ owners: ['unit:worker1', 'Asset 2'] }),
		passes: ({ owner }) => ['10001', '20002'].includes(owner.id),
	},
	{
		enter: () => ({ owners: '10001 20002' }),
		passes: ({ owner }) => ['10001', '20002'].includes(owner.id),
	},
];

function isCard(expected: string) {
	return ({ qualificationType }: Record, { types }: Account) =>
		types.find(({ id }) => id === qualificationType.id)!.name === expected;
}

const which = fc.nat(12);

/** What happens between two responses of a poll, and to which of the recently changed records, counted from the oldest. */
const interference = fc.record({
	index: fc.nat(5),
	how: fc.constantFrom('edit', 'delete', 'move'),
});

type Interference = typeof interference extends fc.Arbitrary<infer T> ? T : never;

const anyStep = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			action: fc.constant('create' as const),
			type: fc.nat(1),
			owner: fc.nat(3),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			action: fc.constantFrom('active' as const, 'archived' as const, 'deleted' as const),
			which,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({ action: fc.constant('burst' as const), owner: fc.nat(3) }),
	},
	{
		weight: 6,
		arbitrary: fc.record({
			action: fc.constant('poll' as const),
			failAfter: fc.option(fc.nat(6), { freq: 5 }),
			during: fc.array(fc.option(interference, { freq: 2 }), { maxLength: 6 }),
			isOverlapped: fc.boolean(),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({ action: fc.constant('filter' as const), filter: fc.nat(6) }),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			action: fc.constant('wait' as const),
			minutes: fc.constantFrom(1, 4, 9, 15, 20_160),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			action: fc.constant('clock' as const),
			minutes: fc.constantFrom(-64, -60, -4, 0, 4),
		}),
	},
);

type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** Records made in the second in which the first poll with another filter begins, which takes several polls. */
const BURST_BEFORE_NEW_FILTER: Step[] = [
	{ action: 'filter', filter: 4 },
	{ action: 'poll', failAfter: null, during: [], isOverlapped: false },
	{ action: 'burst', owner: 0 },
	{ action: 'filter', filter: 2 },
];

/** Moving a record to another owner of the same entity type takes it out of some filters. It is open whether a new record counts as new there. */
function changeOf(
	event: Event,
	{ how }: Interference,
	record: Record,
	{ owners }: Account,
): Partial<Record> {
	if (how === 'delete') return { recordStatus: 'deleted' };
	if (how === 'edit' || event === 'recordCreated') return {};
	const { id, entityType } = owners[record.owner.entityType === 'worker' ? 1 : 2];
	return { owner: { id, entityType } } as Partial<Record>;
}

/** Knows everything that ever happened, and what a person may expect to be emitted. */
class Observer {
	private readonly done = new Set<string>();

	/** What happened during the first poll with another filter: it may be emitted or not. */
	private readonly optional = new Set<string>();

	private previousPasses?: (record: Record) => boolean;

	constructor(private readonly event: Event) {}

	check(
		emitted: Record[],
		start: Map<string, Record>,
		end: Map<string, Record>,
		passes: (record: Record) => boolean,
	): void {
		const wasWatched = this.previousPasses ?? (() => false);
		const expected = [...start.values()].filter(
			(record) =>
				end.get(record.id)!.version === record.version &&
				passes(record) &&
				wasWatched(record) &&
				this.isEvent(record) &&
				!this.done.has(this.key(record)) &&
				!this.optional.has(this.key(record)),
		);
		const keys = emitted.map((record) => this.key(record));
		expect(keys).toEqual(expect.arrayContaining(expected.map((record) => this.key(record))));
		for (const record of emitted) {
			expect(this.done).not.toContain(this.key(record));
			expect(passes(record) && wasWatched(record) && this.isEvent(record)).toBe(true);
			this.done.add(this.key(record));
		}
		for (const record of end.values()) {
			if (!passes(record)) continue;
			const isStable = start.get(record.id)?.version === record.version;
			if (isStable) this.done.add(this.key(record));
			else if (!wasWatched(record)) this.optional.add(this.key(record));
		}
		this.previousPasses = passes;
	}

	private key({ id, version }: Record): string {
		return this.event === 'recordCreated' ? id : `${id} ${version}`;
	}

	private isEvent({ recordStatus, version }: Record): boolean {
		switch (this.event) {
			case 'recordCreated':
				return recordStatus !== 'deleted';
			case 'recordUpdated':
				return recordStatus === 'active' && version > 1;
			case 'recordArchived':
				return recordStatus === 'archived';
			case 'recordDeleted':
				return recordStatus === 'deleted';
		}
	}
}

test.each(['recordCreated', 'recordUpdated', 'recordArchived', 'recordDeleted'] as const)(
	'%s: every event triggers exactly once, whatever happens to records, clocks, pages, polls, and filters',
	async (event) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(anyStep, { maxLength: 50 }),
				fc.boolean(),
				fc.constantFrom(undefined, 300_000, 500, 200),
				fc.nat(12),
				async (steps, hasDate, budget, existing) => {
					const account = new Account();
					// Without a Date header, a wrong clock in n8n may take them for new ones.
					const oldCount = hasDate ? existing : 0;
					for (let i = 0; i < oldCount; i++) account.create(`old${i}`, i % 2, i % 4);
					for (let i = 0; i < oldCount; i += 2) account.change(`old${i}`, {});
					account.time += 2 * MINUTE;
					account.hasDate = hasDate;
					account.budget = budget;
					clock.now = account.now;
					clock.monotonic = () => account.time;
					clock.sleep = async (milliseconds) => void (account.time += milliseconds);
					const observer = new Observer(event);
					let filter = filters[0];
					let count = 0;
					let polledAt = account.time;

					const pollOnce = async (
						during: Array<Interference | null> = [],
						failAfter?: number,
						isOverlapped = false,
					) => {
						account.parameters = {
							event,
							simplify: false,
							entityType: filter.entityType ?? 'both',
							filters: filter.enter(account),
						};
						const since = polledAt;
						const changes = [...during];
						account.beforeResponse = () => {
							const next = changes.pop();
							if (!next) return;
							const recent = account.changedSince(since);
							const record = recent[next.index % recent.length];
							if (record) account.change(record.id, changeOf(event, next, record, account));
						};
						account.failAfter = failAfter;
						const startedAt = account.time;
						const start = new Map(account.records);
						let open: () => void = () => {};
						if (isOverlapped) account.gate = new Promise<void>((resolve) => (open = resolve));
						const running = poll(account.context()).catch(() => undefined);
						if (isOverlapped) {
							expect(await poll(account.context())).toEqual([]);
							open();
						}
						const rows = await running;
						account.failAfter = undefined;
						const store = () =>
							(account.staticData = JSON.parse(JSON.stringify(account.staticData)));
						const hasBacklog = () => Object(account.staticData.watch).backlog !== undefined;
						store();
						for (let polls = 0; rows && hasBacklog() && polls < 200; polls++) {
							rows.push(...(await poll(account.context())));
							store();
						}
						expect(rows && hasBacklog()).not.toBe(true);
						if (rows) polledAt = startedAt;
						const emitted = rows?.map(({ record }) => record as unknown as Record);
						const { passes } = filter;
						if (emitted)
							observer.check(emitted, start, account.records, (record) => passes(record, account));
					};

					await pollOnce();
					for (const step of steps) {
						if (step.action === 'create') account.create(`r${count++}`, step.type, step.owner);
						else if (step.action === 'burst')
							for (let i = 0; i < 7; i++) account.create(`r${count++}`, i % 2, step.owner);
						else if (step.action === 'wait') account.time += step.minutes * MINUTE;
						else if (step.action === 'clock') account.offset = step.minutes * MINUTE;
						else if (step.action === 'filter') filter = filters[step.filter];
						else if (step.action === 'poll')
							await pollOnce(step.during, step.failAfter ?? undefined, step.isOverlapped);
						else account.change(`r${step.which}`, { recordStatus: step.action });
					}
					await pollOnce();
					await pollOnce();
				},
			),
			{ numRuns: 500, examples: [[BURST_BEFORE_NEW_FILTER, true, 200, 0]] },
		);
	},
	120_000,
);
