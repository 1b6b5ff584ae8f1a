import { clock } from '../../../../nodes/Samsara/api/clock';
import { listSearch, loadOptions } from '../../../../nodes/Samsara/methods';
import { editorContext } from '../../../samsara';
import { startSimulator, type Simulator } from '../../../simulator/index.mts';
import { newDriver } from '../resources/qualificationRecord/fixtures';

const MINUTE_MS = 60_000;

let sim: Simulator;
const { monotonic } = clock;

beforeEach(async () => {
	sim = await startSimulator({ drivers: 60, vehicles: 12, records: 0 });
});

afterEach(async () => {
	clock.monotonic = monotonic;
	await sim.close();
});

const editor = (entityType: string, account: { url: string; token: string } = sim) =>
	editorContext(account, { resource: 'qualificationRecord', operation: 'getAll', entityType });

const owners = async (entityType = 'worker', account: { url: string; token: string } = sim) =>
	await loadOptions.getOwners.call(editor(entityType, account));

const nameOf = async (id: string) => (await owners()).find(({ value }) => value === id)?.name;

/** Two drivers of the same name; with a username, or with an external ID only, or with neither. */
function namesakes(change: object): [string, string] {
	const ids = [1, 2].map((n) => newDriver(sim, 'Ada Byron', { payrollId: `P-${n}` }));
	for (const id of ids) {
		const driver = sim.state.drivers.get(id)!;
		Object.assign(driver, { details: { ...driver.details, licenseNumber: undefined } }, change);
	}
	return ids as [string, string];
}

describe('the owners to select', () => {
	it('are sorted by name, with numbers in their order', async () => {
		const [truck] = sim.state.vehicles.values();
		truck.name = 'Truck 9';
		const assets = (await owners('asset')).map(({ name }) => name);
		expect(assets.indexOf('Truck 9')).toBeGreaterThan(0);
		expect(assets.indexOf('Truck 9')).toBeLessThan(assets.indexOf('Truck 102'));
		const drivers = (await owners()).map(({ name }) => name);
		expect(drivers).toEqual([...drivers].sort((a, b) => a.localeCompare(b)));
		const active = [...sim.state.drivers.values()].filter(
			({ driverActivationStatus }) => driverActivationStatus === 'active',
		);
		expect(drivers).toHaveLength(active.length);
	});

	it('are drivers and assets in one order for the trigger', async () => {
		const names = (await owners('both')).map(({ name }) => name);
		expect(names.indexOf('Trailer 5301')).toBeGreaterThan(0);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
	});

	it('show the name only, unless another owner has the same', async () => {
		const [first, second] = namesakes({});
		const grace = newDriver(sim, 'Grace Hopper');
		expect(await nameOf(first)).toBe(`Ada Byron · u${first}`);
		expect(await nameOf(second)).toBe(`Ada Byron · u${second}`);
		expect(await nameOf(grace)).toBe('Grace Hopper');
	});

	it('tell namesakes apart by external ID or ID if they have no username', async () => {
		const [first, second] = namesakes({ username: '' });
		expect(await nameOf(first)).toBe('Ada Byron · P-1');
		expect(await nameOf(second)).toBe('Ada Byron · P-2');
		Object.assign(sim.state.drivers.get(first)!, { externalIds: {} });
		clock.monotonic = () => monotonic() + MINUTE_MS;
		expect(await nameOf(first)).toBe(`Ada Byron · ${first}`);
	});

	it.each(['none', 'null', 'missing'] as const)(
		'can be empty, and lists can be %s',
		async (nulls) => {
			const empty = await startSimulator({ seed: 'empty', nulls });
			try {
				expect(await owners('worker', empty)).toEqual([]);
				expect(await owners('asset', empty)).toEqual([]);
			} finally {
				await empty.close();
			}
		},
	);

	it('are read once a minute at most', async () => {
		const before = await owners();
		sim.requests.length = 0;
		const id = newDriver(sim, 'Zoe Quick');
		clock.monotonic = () => monotonic() + MINUTE_MS / 2;
		expect(await owners()).toEqual(before);
		expect(sim.requests).toEqual([]);
		clock.monotonic = () => monotonic() + MINUTE_MS;
		expect((await owners()).at(-1)).toEqual({ name: 'Zoe Quick', value: id });
	});

	it('are not remembered if a page cannot be read', async () => {
		const more = await startSimulator({ drivers: 600, records: 0 });
		try {
			more.faults.add({ kind: 'status', status: 400, path: '/fleet/drivers', after: 1 });
			await expect(owners('worker', more)).rejects.toThrow(/400/);
			expect((await owners('worker', more)).length).toBeGreaterThan(512);
			more.settings.scopes = [];
			clock.monotonic = () => monotonic() + MINUTE_MS;
			await expect(owners('worker', more)).rejects.toThrow(/Read Drivers/);
		} finally {
			await more.close();
		}
	});

	it('are never those of another account', async () => {
		const other = await startSimulator({ drivers: 3, records: 0, token: sim.token });
		try {
			const [all, others] = await Promise.all([owners(), owners('worker', other)]);
			expect(others).toHaveLength(3);
			expect(all.length).toBeGreaterThan(3);
			const revoked = { url: sim.url, token: sim.token };
			sim.settings.token = 'another-token';
			expect(await owners('worker', revoked)).toEqual(all);
			newDriver(sim, 'Zoe Quick');
			expect(await owners()).toHaveLength(all.length + 1);
			await expect(owners('worker', { url: sim.url, token: 'wrong' })).rejects.toThrow(/token/);
		} finally {
			await other.close();
		}
	});

	it('are forgotten when more accounts are in use', async () => {
		const tokens = Array.from({ length: 40 }, (_, n) => `token-${n}`);
		for (const token of tokens) {
			sim.settings.token = token;
			await owners();
		}
		sim.requests.length = 0;
		await owners();
		expect(sim.requests).toHaveLength(0);
		[sim.settings.token] = tokens;
		await owners();
		expect(sim.requests).toHaveLength(1);
	});
});

describe('the owners to search', () => {
	const search = async (method: keyof typeof listSearch, filter: string, entityType = 'worker') =>
		(await listSearch[method].call(editor(entityType), filter)).results;

	it('tell drivers of the same name apart', async () => {
		const [first, second] = namesakes({ username: '' });
		for (const method of ['searchDrivers', 'searchOwners', 'searchAttributeEntities'] as const) {
			expect(await search(method, 'ada')).toEqual([
				{ name: 'Ada Byron · P-1', value: first },
				{ name: 'Ada Byron · P-2', value: second },
			]);
		}
		Object.assign(sim.state.drivers.get(first)!, { username: 'ada.byron' });
		expect((await search('searchDrivers', 'ada'))[0].name).toBe('Ada Byron · ada.byron');
	});

	it('tell assets of the same name apart', async () => {
		const trucks = [...sim.state.vehicles.values()].slice(0, 2);
		for (const [n, truck] of trucks.entries()) {
			truck.name = 'Bucket Truck';
			truck.externalIds = { fleetNumber: `F-${n}` };
			Object.assign(truck, { vin: '', serial: '' });
			truck.details.licensePlate = '';
		}
		expect((await search('searchOwners', 'bucket', 'asset')).map(({ name }) => name)).toEqual([
			'Bucket Truck · Vehicle · F-0',
			'Bucket Truck · Vehicle · F-1',
		]);
		const entities = await search('searchAttributeEntities', 'bucket', 'asset');
		expect(entities.map(({ name }) => name)).toEqual([
			'Bucket Truck · F-0 · Vehicle',
			'Bucket Truck · F-1 · Vehicle',
		]);
		const [trailer] = sim.state.trailers.values();
		trailer.details.licensePlate = '';
		expect((await search('searchAttributeEntities', trailer.name, 'asset'))[0].name).toBe(
			`${trailer.name} · ${trailer.serial} · Trailer`,
		);
	});

	it('are found by an external ID with its key', async () => {
		const [first] = namesakes({});
		const results = await search('searchDrivers', 'payrollId:P-1');
		expect(results.map(({ value }) => value)).toEqual([first]);
	});
});
