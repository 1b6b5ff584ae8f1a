import type { IDataObject, INode } from 'n8n-workflow';
import { clock } from '../../../nodes/Samsara/api/clock';
import { locator, runSamsara, itemsOf, speedUp } from '../../samsara';
import { startSimulator, type Fault, type Simulator } from '../../simulator/index.mts';

/*
 * Every fault, on the first, middle and last call, for each type of operation, with and without continue on fail. In each
 * case, every item succeeds or says why it failed, and the data in Samsara matches what the items say.
 */

const ITEMS = 5;

let sim: Simulator;
let restoreClock: () => void;

beforeAll(async () => {
	sim = await startSimulator({
		drivers: 12,
		vehicles: 2,
		trailers: 12,
		equipment: 2,
		records: 60,
		now: () => new Date(clock.now()),
	});
	restoreClock = speedUp(200);
});

beforeEach(() => sim.reset());

afterAll(async () => {
	restoreClock();
	await sim.close();
});

interface Scenario {
	name: string;
	/** The calls that fail. */
	method: string;
	path: string;
	/** The number of these calls in a run without faults. */
	calls: number;
	/** True if repeating a call blindly could create something twice. */
	creates?: boolean;
	/** Returns the items of a run, and a function that checks the outcome of an item. */
	prepare(): {
		items: IDataObject[];
		parameters: INode['parameters'];
		/** How often the result of the item exists in Samsara or, for an operation that reads, among its rows. */
		done(index: number, rows: IDataObject[]): number;
	};
}

let unique = 0;

const typeNamed = (name: string) =>
	[...sim.state.qualificationTypes.values()].find((type) => type.name === name)!;

const drivers = () => [...sim.state.drivers.values()];

const assets = () => sim.state.allAssets();

function recordItems() {
	const type = typeNamed('Hazmat Certificate');
	const run = `run ${unique++}`;
	const items = drivers()
		.slice(0, ITEMS)
		.map(({ id }, index) => ({
			owner: id,
			number: `${run} item ${index}`,
			external: `${run.replace(' ', '')}-${index}`,
		}));
	const fields = JSON.stringify([
		{ id: type.fields[0].id, type: 'text', textValue: { value: '__NUMBER__' } },
	]).replace('__NUMBER__', '{{ $json.number }}');
	return {
		items,
		parameters: {
			resource: 'qualificationRecord',
			operation: 'create',
			entityType: 'worker',
			qualificationType: locator(type.id),
			ownerId: locator('={{ $json.owner }}'),
			issueDate: '2026-01-15',
			expirationDate: '2028-01-15',
			fieldsMode: 'json',
			fieldsJson: `=${fields}`,
		},
		done: (index: number) =>
			[...sim.state.records.values()].filter((record) =>
				JSON.stringify(record).includes(`"${items[index].number}"`),
			).length,
	};
}

const activeRecords = () =>
	[...sim.state.records.values()]
		.filter(({ recordStatus }) => recordStatus === 'active')
		.slice(0, ITEMS);

const scenarios: Scenario[] = [
	{
		name: 'records created, without external IDs',
		method: 'POST',
		path: '/qualification-records',
		calls: ITEMS,
		creates: true,
		prepare: recordItems,
	},
	{
		name: 'records created, with external IDs',
		method: 'POST',
		path: '/qualification-records',
		calls: ITEMS,
		creates: true,
		prepare() {
			const { items, parameters, done } = recordItems();
			const externalIds = { ids: [{ key: 'card', value: '={{ $json.external }}' }] };
			return { items, parameters: { ...parameters, additionalFields: { externalIds } }, done };
		},
	},
	{
		name: 'drivers created',
		method: 'POST',
		path: '/fleet/drivers',
		calls: ITEMS,
		creates: true,
		prepare() {
			const run = unique++;
			const items = Array.from({ length: ITEMS }, (_, i) => ({
				name: `New ${run} ${i}`,
				username: `new.${run}.${i}`,
			}));
			return {
				items,
				parameters: {
					resource: 'driver',
					operation: 'create',
					name: '={{ $json.name }}',
					username: '={{ $json.username }}',
					password: 'secret-word-1',
				},
				done: (index) =>
					drivers().filter(({ username }) => username === items[index].username).length,
			};
		},
	},
	{
		name: 'trailers created',
		method: 'POST',
		path: '/fleet/trailers',
		calls: ITEMS,
		creates: true,
		prepare() {
			const run = unique++;
			const items = Array.from({ length: ITEMS }, (_, i) => ({ name: `Trailer ${run} ${i}` }));
			return {
				items,
				parameters: { resource: 'trailer', operation: 'create', name: '={{ $json.name }}' },
				done: (index) =>
					[...sim.state.trailers.values()].filter(({ name }) => name === items[index].name).length,
			};
		},
	},
	{
		name: 'assets created',
		method: 'POST',
		path: '/assets',
		calls: ITEMS,
		creates: true,
		prepare() {
			const run = unique++;
			const items = Array.from({ length: ITEMS }, (_, i) => ({ name: `Asset ${run} ${i}` }));
			return {
				items,
				parameters: {
					resource: 'asset',
					operation: 'create',
					type: 'vehicle',
					name: '={{ $json.name }}',
					additionalFields: {
						externalIds: { ids: [{ key: 'faults', value: '={{ $json.name }}' }] },
					},
				},
				done: (index) => assets().filter(({ name }) => name === items[index].name).length,
			};
		},
	},
	{
		name: 'attributes of assets set',
		method: 'PATCH',
		path: '/assets',
		calls: ITEMS,
		prepare() {
			const place = `Dock ${unique++}`;
			const items = assets()
				.slice(0, ITEMS)
				.map(({ id }) => ({ id, 'Parking Spot': place }));
			return {
				items,
				parameters: {
					resource: 'asset',
					operation: 'setAttributes',
					assetId: locator('={{ $json.id }}'),
					attributes: { mappingMode: 'autoMapInputData', value: null },
				},
				done: (index) =>
					sim.state
						.entity('asset', items[index].id)!
						.attributes.filter(({ stringValues }) => stringValues?.includes(place)).length,
			};
		},
	},
	{
		name: 'assets deleted',
		method: 'DELETE',
		path: '/assets',
		calls: ITEMS,
		prepare() {
			const items = Array.from({ length: ITEMS }, () => {
				const id = sim.state.newEntityId();
				const [trailer] = sim.state.trailers.values();
				sim.state.otherAssets.set(id, { ...trailer, id, type: 'unpowered', externalIds: {} });
				return { id };
			});
			return {
				items,
				parameters: {
					resource: 'asset',
					operation: 'delete',
					assetId: locator('={{ $json.id }}'),
				},
				done: (index) => Number(!sim.state.otherAssets.has(items[index].id)),
			};
		},
	},
	{
		name: 'attributes created',
		method: 'POST',
		path: '/attributes',
		calls: ITEMS,
		creates: true,
		prepare() {
			const run = unique++;
			const items = Array.from({ length: ITEMS }, (_, i) => ({ name: `Attribute ${run} ${i}` }));
			return {
				items,
				parameters: {
					resource: 'attribute',
					operation: 'create',
					entityType: 'driver',
					name: '={{ $json.name }}',
					attributeType: 'text',
				},
				done: (index) =>
					[...sim.state.attributes.values()].filter(({ name }) => name === items[index].name)
						.length,
			};
		},
	},
	{
		name: 'records updated',
		method: 'PATCH',
		path: '/qualification-records',
		calls: ITEMS,
		prepare() {
			const date = `2031-01-01T00:00:${String(unique++ % 60).padStart(2, '0')}Z`;
			const items = activeRecords().map(({ id }) => ({ id }));
			return {
				items,
				parameters: {
					resource: 'qualificationRecord',
					operation: 'update',
					recordId: locator('={{ $json.id }}'),
					updateFields: { expirationDate: date },
				},
				done: (index) =>
					Number(
						Date.parse(sim.state.records.get(items[index].id)!.expirationDate ?? '') ===
							Date.parse(date),
					),
			};
		},
	},
	{
		name: 'records archived',
		method: 'POST',
		path: '/qualification-records/archive',
		calls: ITEMS,
		prepare() {
			for (const record of sim.state.records.values())
				if (record.recordStatus === 'archived') record.recordStatus = 'active';
			const items = activeRecords().map(({ id }) => ({ id }));
			return {
				items,
				parameters: {
					resource: 'qualificationRecord',
					operation: 'archive',
					recordId: locator('={{ $json.id }}'),
				},
				done: (index) =>
					Number(sim.state.records.get(items[index].id)!.recordStatus === 'archived'),
			};
		},
	},
	{
		name: 'records deleted',
		method: 'DELETE',
		path: '/qualification-records',
		calls: ITEMS,
		prepare() {
			for (const record of sim.state.records.values()) record.recordStatus = 'active';
			const items = activeRecords().map(({ id }) => ({ id }));
			return {
				items,
				parameters: {
					resource: 'qualificationRecord',
					operation: 'delete',
					recordId: locator('={{ $json.id }}'),
				},
				done: (index) => Number(sim.state.records.get(items[index].id)!.recordStatus === 'deleted'),
			};
		},
	},
	{
		name: 'drivers read one by one',
		method: 'GET',
		path: '/fleet/drivers/:id',
		calls: ITEMS,
		prepare() {
			const items = drivers()
				.slice(0, ITEMS)
				.map(({ id }) => ({ id }));
			return {
				items,
				parameters: { resource: 'driver', operation: 'get', driverId: locator('={{ $json.id }}') },
				done: (index, rows) => rows.filter(({ id }) => id === items[index].id).length,
			};
		},
	},
];

/** Faults after which a retry may succeed; `applied`: the call takes effect before the fault. */
const faults: Array<Pick<Fault, 'kind' | 'status' | 'headers' | 'applied' | 'ms'>> = [
	{ kind: 'status', status: 429, headers: { 'Retry-After': '0.40235' } },
	{ kind: 'status', status: 429 },
	...[408, 500, 502, 503, 504].flatMap((status) => [
		{ kind: 'status' as const, status, applied: false },
		{ kind: 'status' as const, status, applied: true },
	]),
	{ kind: 'reset', applied: false },
	{ kind: 'reset', applied: true },
	{ kind: 'cut', applied: true },
	{ kind: 'nonJson', applied: true },
	{ kind: 'nonJson', applied: false },
	{ kind: 'empty', applied: true },
	{ kind: 'delay', ms: 20 },
	{ kind: 'status', status: 400 },
	{ kind: 'status', status: 403 },
	{ kind: 'status', status: 404 },
];

const words = ({ kind, status, applied }: (typeof faults)[number]) =>
	[kind, status, applied === undefined ? '' : applied ? 'after it took effect' : 'before']
		.filter(Boolean)
		.join(' ');

/** Faults after which a retry cannot succeed: the item must say so, and nothing may have been changed. */
const isFinal = ({ status }: (typeof faults)[number]) =>
	status !== undefined && [400, 403, 404].includes(status);

async function run({ prepare }: Scenario, continueOnFail: boolean) {
	const { items, parameters, done } = prepare();
	const {
		output,
		error,
		run: ended,
	} = await runSamsara(sim, parameters, {
		items: itemsOf(...items),
		settings: continueOnFail ? { onError: 'continueRegularOutput' } : {},
	});
	expect(JSON.stringify(ended.data.resultData)).not.toContain(sim.token);
	expect(`${error?.stack} ${JSON.stringify(error)}`).not.toContain(sim.token);
	const rowsOf = (index: number) =>
		output
			.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index)
			.map(({ json }) => json);
	return { output, error, done: (index: number) => done(index, rowsOf(index)) };
}

describe.each(scenarios)('$name', (scenario) => {
	const { method, path, calls, creates = false } = scenario;

	test('without faults, every item is processed exactly once', async () => {
		const { output, error, done } = await run(scenario, false);
		expect(error).toBeUndefined();
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: ITEMS }, (_, item) => ({ item })),
		);
		expect(output.map((_, index) => done(index))).toEqual(Array(ITEMS).fill(1));
		expect(
			sim.requests.filter((request) => request.method === method && request.route === path),
		).toHaveLength(calls);
	});

	describe.each(faults.map((fault) => ({ fault, title: words(fault) })))('$title', ({ fault }) => {
		test.each([
			['first', 0, true],
			['middle', Math.floor(ITEMS / 2), true],
			['last', ITEMS - 1, true],
			['first', 0, false],
			['last', ITEMS - 1, false],
		])('on the %s call (%d); continue on fail: %s', async (_position, after, continueOnFail) => {
			sim.faults.add({ ...fault, method, path, after, times: 1 });
			const { output, error, done } = await run(scenario, continueOnFail);
			expect(sim.faults.pending).toBe(0);

			const failed = new Map<number, string>();
			for (const { json, pairedItem } of output) {
				if (json.error) failed.set((pairedItem as { item: number }).item, String(json.error));
			}
			if (error) {
				const { itemIndex } = (error as unknown as { context: { itemIndex: number } }).context;
				failed.set(itemIndex, error.message);
			}
			for (const [index, message] of failed) {
				expect(message).toContain(`[item ${index}]`);
				expect(message.length).toBeGreaterThan(20);
			}
			expect(failed.size).toBeLessThanOrEqual(1);
			if (isFinal(fault)) expect(failed.size).toBe(1);
			else if (!creates) expect(failed.size).toBe(0);

			for (let index = 0; index < ITEMS; index++) {
				const times = done(index);
				expect(times).toBeLessThanOrEqual(1);
				if (failed.has(index)) {
					const isOpen = failed.get(index)!.startsWith('Samsara may or may not');
					if (isOpen) expect(creates && fault.applied !== undefined).toBe(true);
					expect(times).toBe(isOpen && fault.applied ? 1 : 0);
				} else if (continueOnFail || !error) {
					expect(times).toBe(1);
				}
			}
		});
	});
});
