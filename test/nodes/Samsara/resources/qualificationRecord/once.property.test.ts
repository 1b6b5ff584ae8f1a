import * as fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../../nodes/Samsara/api/clock';
import { itemsOf, runSamsara } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { newDriver, newRecord, recordsOf, typeNamed } from './fixtures';

/*
 * Whichever responses are lost, and whatever similar records others have: never two records instead of one, never a change
 * to someone else's record, never a success that did not happen.
 */

/** Fixed, so that every machine tests the same cases. Change it to look for more. */
const SEED = 20261125;

const RUNS = 50;

const original = { ...clock };

/** Time passes only during waits, so a slow machine makes no difference. */
beforeAll(() => {
	let time = Date.parse('2026-03-02T09:00:00.400Z');
	clock.now = () => time;
	clock.monotonic = () => time;
	clock.sleep = async (milliseconds) => void (time += milliseconds);
});

afterAll(() => void Object.assign(clock, original));

/** Values that look alike, or contain characters that separate IDs elsewhere. */
const externalValue = fc.constantFrom(
	'4711',
	'4711:a',
	'4711 a',
	'a',
	'A',
	'Łódź-7',
	'運転手/1',
	'a%2Cb',
	'a+b&c=d',
	'4711,a',
);

const oneId = fc
	.tuple(fc.constantFrom('hr', 'card'), externalValue)
	.map(([key, value]): Record<string, string> => ({ [key]: value }));

const twoIds = fc
	.tuple(externalValue, externalValue)
	.map(([hr, card]): Record<string, string> => ({ hr, card }));

const number = fc.constantFrom('HZ-1', 'HZ-2');

const fault = fc.record({
	kind: fc.constantFrom('reset', 'status', 'cut', 'nonJson', 'empty'),
	method: fc.constantFrom('POST', 'POST', 'PATCH'),
	status: fc.constantFrom(500, 502, 503, 504),
	applied: fc.boolean(),
	after: fc.nat(2),
});

/** How Samsara may behave, and the records that already exist. */
const surroundings = {
	settings: fc.record({
		recordExternalIds: fc.constantFrom('merge', 'replace'),
		externalIdsEverywhere: fc.boolean(),
		clockOffsetMs: fc.constantFrom(-240_000, -1_500, 0, 1_500, 240_000),
		nulls: fc.constantFrom('none', 'empty', 'null', 'missing'),
	}),
	faults: fc.array(fault, { maxLength: 3 }),
	others: fc.array(
		fc.record({
			number,
			isTwin: fc.boolean(),
			isArchived: fc.boolean(),
			secondsAgo: fc.constantFrom(4, 10, 60, 200, 270, 3600, 90_000),
			externalIds: fc.oneof(fc.constant({}), oneId, twoIds),
		}),
		{ maxLength: 2 },
	),
	concurrency: fc.integer({ min: 1, max: 3 }),
};

type Surroundings = {
	[Name in keyof typeof surroundings]: (typeof surroundings)[Name] extends fc.Arbitrary<infer T>
		? T
		: never;
};

interface ItemInput {
	number: string;
	externalIds: Record<string, string>;
}

const hasComma = (ids: Record<string, string>) =>
	Object.values(ids).some((value) => value.includes(','));

const shares = (one: Record<string, string>, other: Record<string, string>) =>
	Object.entries(one).some(([key, value]) => other[key] === value);

function certificate(sim: Simulator, owner: string, more: INodeParameters): INodeParameters {
	return newRecord(
		typeNamed(sim, 'Hazmat Certificate'),
		owner,
		{ 'Certificate Number': '={{ $json.number }}' },
		more,
	);
}

/** Runs the items. Returns the outcome of each, and the records before and after. */
async function runItems(
	{ settings, faults, others, concurrency }: Surroundings,
	items: ItemInput[],
	parameters: INodeParameters,
	options: INodeParameters = {},
) {
	const sim = await startSimulator({
		drivers: 1,
		vehicles: 1,
		trailers: 1,
		equipment: 1,
		records: 0,
		now: () => new Date(clock.now()),
		...(settings as object),
	});
	try {
		const owner = newDriver(sim);
		const somebody = newDriver(sim, 'Somebody Else');
		for (const other of others) await add(sim, other.isTwin ? owner : somebody, other);
		const all = () => [...recordsOf(sim, owner), ...recordsOf(sim, somebody)];
		const before = structuredClone(all());
		sim.reset();
		for (const one of faults) sim.faults.add({ ...one } as Parameters<typeof sim.faults.add>[0]);
		const { rows, error } = await runSamsara(
			sim,
			certificate(sim, owner, {
				...parameters,
				options: { ...options, pace: 'learn', concurrency },
			}),
			{
				items: itemsOf(
					...items.map(({ externalIds: ids, ...json }) => ({
						...json,
						ids: Object.entries(ids).map(([key, value]) => ({ key, value })),
					})),
				),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(items.length);
		const existing = new Set(before.map(({ id }) => id));
		return {
			owner,
			before,
			after: all(),
			made: all().filter(({ id }) => !existing.has(id)),
			outcomes: rows.map((row, index) => ({
				...items[index],
				id: row.error === undefined ? String(row.id) : undefined,
				created: row.created !== false,
				error: row.error === undefined ? undefined : String(row.error),
			})),
		};
	} finally {
		await sim.close();
	}
}

async function add(sim: Simulator, owner: string, other: Surroundings['others'][number]) {
	const { error, rows } = await runSamsara(sim, certificate(sim, owner, {}), {
		items: itemsOf({ number: other.number }),
	});
	if (error) throw error;
	const record = sim.state.records.get(String(rows[0].id))!;
	const time = clock.now() + sim.settings.clockOffsetMs - other.secondsAgo * 1000;
	record.createdAtTime = new Date(time).toISOString();
	record.updatedAtTime = record.createdAtTime;
	if (other.isArchived) record.recordStatus = 'archived';
	const taken = [...sim.state.records.values()].some((one) =>
		shares(one.externalIds, other.externalIds),
	);
	if (taken || hasComma(other.externalIds)) return;
	record.externalIds = other.externalIds;
	sim.state.index(record);
}

const COMMA = /cannot contain a comma|is not a key and a value/;

const UNKNOWN = /Samsara may or may not have completed this request/;

type Ran = Awaited<ReturnType<typeof runItems>>;

/** Other records are unchanged, and no successful item returns a record that does not exist or is not its own. */
function expectHonest({ before, after, outcomes }: Ran, mayChange: (id: string) => boolean) {
	const now = new Map(after.map((record) => [record.id, record]));
	for (const record of before) {
		if (!mayChange(record.id)) expect(now.get(record.id)).toEqual(record);
	}
	for (const { id } of outcomes) if (id !== undefined) expect(now.has(id)).toBe(true);
}

async function always<T extends object>(
	arbitraries: { [Name in keyof T]: fc.Arbitrary<T[Name]> },
	holds: (input: T & Surroundings) => Promise<void>,
) {
	await fc.assert(
		fc.asyncProperty(fc.record({ ...surroundings, ...arbitraries }), async (input) => {
			await holds(input as unknown as T & Surroundings);
		}),
		{ seed: SEED, numRuns: RUNS },
	);
}

const MINUTES = 60_000;

it(
	'create without external IDs creates one record per item, or says that the outcome is uncertain',
	async () => {
		const items = fc.array(fc.record({ number, externalIds: fc.constant({}) }), {
			minLength: 1,
			maxLength: 3,
		});
		await always({ items }, async ({ items, ...around }) => {
			const result = await runItems(around, items, { operation: 'create' });
			expectHonest(result, () => false);
			const { made: created, outcomes } = result;
			const ids = outcomes.flatMap(({ id }) => (id === undefined ? [] : [id]));
			expect(new Set(ids).size).toBe(ids.length);
			expect(created.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
			const unsure = outcomes.filter(({ error }) => error !== undefined);
			for (const { error } of unsure) expect(error).toMatch(UNKNOWN);
			expect(created.length - ids.length).toBeLessThanOrEqual(unsure.length);
			if (!around.others.some(({ isTwin }) => isTwin)) expect(unsure).toEqual([]);
		});
	},
	5 * MINUTES,
);

it(
	'create and upsert by external IDs end with one record that has all of them',
	async () => {
		const arbitraries = {
			// Every item has the same number of rows in the form; upsert accepts only one ID.
			task: fc.oneof(
				...[oneId, twoIds].map((externalIds) =>
					fc.record({
						operation: fc.constantFrom(
							...(externalIds === oneId ? ['create', 'upsert'] : ['create']),
						),
						items: fc.array(fc.record({ number, externalIds }), { minLength: 1, maxLength: 4 }),
					}),
				),
			),
			ifExists: fc.constantFrom('fail', 'skip', 'update'),
			ifArchived: fc.constantFrom('keep', 'fail', 'unarchive'),
		};
		await always(arbitraries, async ({ task, ifExists, ifArchived, ...around }) => {
			const { operation, items } = task;
			const ids = Object.keys(items[0].externalIds).map((_, index) => ({
				key: `={{ $json.ids[${index}].key }}`,
				value: `={{ $json.ids[${index}].value }}`,
			}));
			const result = await runItems(
				// One at a time, so that it is certain which item finds which record.
				{ ...around, concurrency: 1 },
				items,
				{
					operation,
					matchBy: 'externalId',
					externalId: '={{ $json.ids[0].key }}:{{ $json.ids[0].value }}',
					additionalFields: { externalIds: { ids } },
				},
				{ ifExists, ifArchived },
			);
			const { before, after, outcomes } = result;
			const model = before.map(({ id, externalIds, recordStatus }) => ({
				id,
				isArchived: recordStatus === 'archived',
				externalIds,
				isNamed: false,
			}));
			const then = operation === 'upsert' ? 'update' : ifExists;
			for (const { externalIds: own, ...outcome } of outcomes) {
				const bearers = model.filter((one) => shares(one.externalIds, own));
				for (const bearer of bearers) bearer.isNamed = true;
				const [bearer] = bearers;
				const why =
					(hasComma(own) && COMMA) ||
					(bearers.length > 1 && /two different records/) ||
					(bearer && then === 'fail' && /already exists/) ||
					(bearer?.isArchived && then === 'update' && ifArchived === 'fail' && /is archived/);
				if (why) {
					expect(outcome.error).toMatch(why);
				} else if (bearer) {
					expect(outcome).toMatchObject({ id: bearer.id, created: false, error: undefined });
					if (then === 'update') bearer.externalIds = { ...bearer.externalIds, ...own };
				} else {
					expect(outcome).toMatchObject({ created: true, error: undefined });
					const id = outcome.id ?? '';
					model.push({ id, isArchived: false, externalIds: own, isNamed: true });
				}
			}
			expectHonest(result, (id) => model.some((one) => one.id === id && one.isNamed));
			expect(new Map(after.map(({ id, externalIds }) => [id, externalIds]))).toEqual(
				new Map(model.map(({ id, externalIds }) => [id, externalIds])),
			);
		});
	},
	5 * MINUTES,
);

it(
	'concurrent items with the same external ID create one record',
	async () => {
		const arbitraries = {
			items: fc.array(fc.record({ number, externalIds: oneId }), { minLength: 2, maxLength: 4 }),
			operation: fc.constantFrom('create', 'upsert'),
			ifExists: fc.constantFrom('fail', 'skip', 'update'),
		};
		await always(arbitraries, async ({ items, operation, ifExists, ...around }) => {
			const result = await runItems(
				{ ...around, concurrency: 3 },
				items,
				{
					operation,
					matchBy: 'externalId',
					externalId: '={{ $json.ids[0].key }}:{{ $json.ids[0].value }}',
					additionalFields: {
						externalIds: {
							ids: [{ key: '={{ $json.ids[0].key }}', value: '={{ $json.ids[0].value }}' }],
						},
					},
				},
				{ ifExists },
			);
			const { after, made: created, outcomes } = result;
			const bearers = (own: Record<string, string>) =>
				after.filter((record) => shares(record.externalIds, own));
			expectHonest(result, (id) =>
				outcomes.some(({ externalIds: own }) => bearers(own).some((one) => one.id === id)),
			);
			for (const { externalIds: own, id, error } of outcomes) {
				if (id === undefined) expect(error).toMatch(hasComma(own) ? COMMA : /already exists/);
				else expect(bearers(own).map((one) => one.id)).toEqual([id]);
			}
			const creators = outcomes.filter(({ id, created }) => id !== undefined && created);
			expect(creators.map(({ id }) => id).sort()).toEqual(created.map(({ id }) => id).sort());
		});
	},
	5 * MINUTES,
);

it(
	'upsert by owner and type creates at most one record, and only if there is none',
	async () => {
		const items = fc.array(fc.record({ number, externalIds: fc.constant({}) }), {
			minLength: 1,
			maxLength: 3,
		});
		await always({ items }, async ({ items, ...around }) => {
			const result = await runItems(around, items, {
				operation: 'upsert',
				matchBy: 'ownerAndType',
			});
			const { before, made: created, outcomes, owner } = result;
			const current = before.filter(
				(record) => record.owner.id === owner && record.recordStatus === 'active',
			);
			expectHonest(result, (id) => current.some((record) => record.id === id));
			if (current.length > 0) expect(created).toEqual([]);
			expect(created.length).toBeLessThanOrEqual(1);
			const unsure = outcomes.filter(({ id }) => id === undefined);
			for (const { error } of unsure) expect(error).toMatch(UNKNOWN);
			if (!around.others.some(({ isTwin, isArchived }) => isTwin && isArchived))
				expect(unsure).toEqual([]);
			expect(new Set(outcomes.flatMap(({ id }) => id ?? [])).size).toBeLessThanOrEqual(1);
		});
	},
	5 * MINUTES,
);
