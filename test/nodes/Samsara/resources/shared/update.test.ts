import { bySdk, recorded } from '../../../../oracle';
import { itemsOf, locator } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	ATTRIBUTE_ENTITIES,
	entitiesOf,
	attributesOf,
	pick,
	rowsFrom,
	run,
} from './attributeEntities';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ records: 0 });
});
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const target = {
	driver: '/fleet/drivers',
	vehicle: '/fleet/vehicles',
	trailer: '/fleet/trailers',
	equipment: '/beta/fleet/equipment',
	asset: '/assets',
};

const external = (...rows: Array<[string, string]>) => ({
	ids: rows.map(([key, value]) => ({ key, value })),
});

describe.each(ATTRIBUTE_ENTITIES)('%s', (resource) => {
	it('sends only the fields with a value', async () => {
		const [{ id }] = entitiesOf(sim, resource);
		const before = attributesOf(sim, resource, id);
		const [row] = await rowsFrom(sim, resource, 'update', {
			...pick(resource, id),
			updateFields: { notes: ' At the dock ', tagIds: ['Long Haul'] },
		});
		const change = sim.requests.filter(({ method }) => method === 'PATCH');
		expect(change.map(({ path, query, body }) => [`${path}${query}`, body])).toEqual([
			[
				`${target[resource]}${resource === 'asset' ? 'id=' : '/'}${id}`,
				{ notes: 'At the dock', tagIds: ['4029140'] },
			],
		]);
		expect(row).toMatchObject({ id, tags: 'Long Haul' });
		expect(attributesOf(sim, resource, id)).toEqual(before);
		expect(entitiesOf(sim, resource)[0].details.notes).toBe('At the dock');
	});

	it('adds an external ID and keeps the others', async () => {
		const [, entity] = entitiesOf(sim, resource);
		const before = { ...entity.externalIds };
		await rowsFrom(sim, resource, 'update', {
			...pick(resource, entity.id),
			updateFields: { externalIds: external(['badge', `B-${entity.id}`]) },
		});
		expect(entity.externalIds).toEqual({ ...before, badge: `B-${entity.id}` });
	});

	it('clears a text and the tags', async () => {
		const [, , entity] = entitiesOf(sim, resource);
		await rowsFrom(sim, resource, 'update', {
			...pick(resource, entity.id),
			updateFields: { clearFields: ['notes', 'tagIds'] },
		});
		expect(sim.requests[0].body).toEqual({ notes: '', tagIds: [] });
		expect(entity.tagIds).toEqual([]);
	});

	it('does not change a field that is mapped to an empty cell', async () => {
		const [, , entity] = entitiesOf(sim, resource);
		const before = structuredClone(entity);
		await rowsFrom(
			sim,
			resource,
			'update',
			{
				...pick(resource, entity.id),
				updateFields: { name: 'New', notes: '={{ $json.cell }}', tagIds: '={{ $json.cell }}' },
			},
			{ items: itemsOf({ cell: ' ' }) },
		);
		expect(sim.requests[0].body).toEqual({ name: 'New' });
		expect(entity).toMatchObject({ tagIds: before.tagIds, details: before.details });
	});

	it.each<[string, object, string]>([
		['nothing', {}, "'Update Fields' has nothing to change"],
		[
			'only what expressions left empty',
			{ notes: '={{ $json.notes }}', tagIds: '={{ $json.tags }}', externalIds: external() },
			"'Update Fields' has nothing to change",
		],
		['an empty name', { name: ' ' }, "'Update Fields' has nothing to change"],
		['to clear a name', { clearFields: ['name'] }, "'Clear Fields' has 'name'"],
		['both', { clearFields: ['notes'], notes: 'x' }, "'Clear Fields' has 'Notes'"],
		[
			'a key with a colon',
			{ externalIds: external(['a:b', 'c']) },
			"'External IDs' has the key 'a:b'",
		],
		[
			'a key twice',
			{ externalIds: external(['a', 'b'], ['a', 'c']) },
			"'External IDs' has the key 'a'",
		],
		[
			'an object in an external ID',
			{ externalIds: { ids: [{ key: 'a', value: { b: 1 } }] } },
			"'External IDs' has 'a' as a key and an object as its value, but both must be text",
		],
		[
			'an object among what to clear',
			{ clearFields: [{ a: 1 }] },
			`'Clear Fields' has '{"a":1}', which cannot be cleared`,
		],
		[
			'an object for a text',
			{ notes: { a: 1 } },
			"'Notes' is an object, but must be a single value",
		],
	])('refuses %s without a request', async (_, updateFields, message) => {
		const { error } = await run(sim, resource, 'update', {
			...pick(resource, '1'),
			updateFields: { ...updateFields },
		});
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[item 0]');
		expect(sim.requests).toEqual([]);
	});

	it("sends the same request as the vendor's SDK", async () => {
		const [{ id }] = entitiesOf(sim, resource);
		const body = { id, name: 'New Name', notes: 'n' };
		const theirs = await bySdk(sim, async (sdk) => {
			if (resource === 'driver') await sdk.drivers.update(body);
			if (resource === 'vehicle') await sdk.vehicles.update(body);
			if (resource === 'trailer') await sdk.trailers.updateTrailer(body);
			if (resource === 'equipment') await sdk.betaApIs.patchEquipment(body);
			if (resource === 'asset') await sdk.assets.updateAsset(body);
		});
		const ours = await recorded(sim, async () =>
			rowsFrom(sim, resource, 'update', {
				...pick(resource, id),
				updateFields: { name: 'New Name', notes: 'n' },
				simplify: false,
			}),
		);
		expect(ours).toEqual(theirs);
	});
});

describe('limits', () => {
	it.each<['driver' | 'vehicle' | 'trailer' | 'equipment', object, string]>([
		['driver', { username: 'a b' }, "'Username' is 'a b'"],
		['driver', { username: 'x'.repeat(190) }, "'Username' has 190 characters"],
		['driver', { driverActivationStatus: 'gone' }, "'Status' is 'gone'"],
		['driver', { deactivatedAtTime: 'soon' }, "'Deactivated At' is 'soon'"],
		['driver', { notes: 'x'.repeat(4097) }, "'Notes' has 4097 characters"],
		['driver', { locale: 'zz' }, "'Locale' is 'zz'"],
		['vehicle', { vin: '123' }, "'VIN' has 3 characters"],
		['vehicle', { vin: '🚚'.repeat(10) }, "'VIN' has 10 characters"],
		['vehicle', { vin: 'x'.repeat(18) }, "'VIN' has 18 characters"],
		['vehicle', { licensePlate: 'x'.repeat(13) }, "'License Plate' has 13 characters"],
		['vehicle', { notes: 'x'.repeat(256) }, "'Notes' has 256 characters"],
		[
			'vehicle',
			{ odometerMeters: 1.5 },
			"'Odometer (Meters)' must be a whole number of 0 or more, but is '1.5'",
		],
		[
			'vehicle',
			{ engineHours: '0x10' },
			"'Engine Hours' must be a whole number of 0 or more, but is '0x10'",
		],
		[
			'driver',
			{ driverActivationStatus: 'active', deactivatedAtTime: '2026-01-01' },
			"'Deactivated At' is filled in, but 'Status' is Active",
		],
		[
			'driver',
			{ deactivatedAtTime: '2020-01-01' },
			"'Deactivated At' is 2020-01-01, which is more than 6 months ago",
		],
		['trailer', { licensePlate: 'x'.repeat(13) }, "'License Plate' has 13 characters"],
		[
			'equipment',
			{ engineHours: -1 },
			"'Engine Hours' must be a whole number of 0 or more, but is '-1'",
		],
	])('of a %s: refuses %j without a request', async (resource, updateFields, message) => {
		const { error } = await run(sim, resource, 'update', {
			...pick(resource, '1'),
			updateFields: { ...updateFields },
		});
		expect(error?.message).toContain(message);
		expect(sim.requests).toEqual([]);
	});
});

it("deactivates a driver at a day in the workflow's time zone", async () => {
	const driver = entitiesOf(sim, 'driver')[4];
	const left = new Date(Date.now() - 5 * 86_400_000).toISOString();
	const [row] = await rowsFrom(sim, 'driver', 'update', {
		...pick('driver', driver.id),
		updateFields: { driverActivationStatus: 'deactivated', deactivatedAtTime: left },
	});
	expect(row.status).toBe('deactivated');
	expect(sim.requests[0].body).toEqual({
		driverActivationStatus: 'deactivated',
		deactivatedAtTime: left,
	});
});

it('assigns a driver to a vehicle, picked from the list', async () => {
	const [{ id }] = entitiesOf(sim, 'vehicle');
	const [, driver] = entitiesOf(sim, 'driver');
	const [row] = await rowsFrom(sim, 'vehicle', 'update', {
		...pick('vehicle', id),
		updateFields: { staticAssignedDriverId: locator(driver.id, 'list') },
	});
	expect(sim.requests[0].body).toEqual({ staticAssignedDriverId: driver.id });
	expect(row.driver).toBe(driver.name);
});

it('removes the driver of a vehicle', async () => {
	const [{ id, details }] = entitiesOf(sim, 'vehicle');
	expect(details).toHaveProperty('staticAssignedDriver');
	const [row] = await rowsFrom(sim, 'vehicle', 'update', {
		...pick('vehicle', id),
		updateFields: { clearFields: ['staticAssignedDriverId'] },
	});
	expect(sim.requests[0].body).toEqual({ staticAssignedDriverId: '0' });
	expect(row.driver).toBeNull();
	expect(entitiesOf(sim, 'vehicle')[0].details).not.toHaveProperty('staticAssignedDriver');
});

it('refuses to remove the driver of a vehicle and assign another', async () => {
	const { error } = await run(sim, 'vehicle', 'update', {
		...pick('vehicle', '1'),
		updateFields: { clearFields: ['Static Driver'], staticAssignedDriverId: locator('2') },
	});
	expect(error?.message).toBe(
		"'Clear Fields' has 'Static Driver', which also has a new value [item 0]",
	);
	expect(sim.requests).toEqual([]);
});

it('sets auxiliary inputs, gateway, weight and type of a vehicle', async () => {
	const [, { id }] = entitiesOf(sim, 'vehicle');
	await rowsFrom(
		sim,
		'vehicle',
		'update',
		{
			...pick('vehicle', id),
			updateFields: {
				auxInputs: {
					inputs: [
						{ input: 1, type: 'boom' },
						{ input: '={{ $json.input }}', type: '={{ $json.type }}' },
						{ input: 2, type: '={{ $json.empty }}' },
					],
				},
				gatewaySerial: 'ABCD-123-XYZ',
				grossVehicleWeight: { weight: { weight: '={{ $json.weight }}', unit: 'lb' } },
				vehicleType: 'truck',
			},
		},
		{ items: itemsOf({ input: '13', type: 'ecuPowerTakeOff', empty: '', weight: '33000' }) },
	);
	const body = {
		auxInputType1: 'boom',
		auxInputType13: 'ecuPowerTakeOff',
		grossVehicleWeight: { weight: 33000, unit: 'lb' },
		vehicleType: 'truck',
	};
	expect(sim.requests[0].body).toEqual({ ...body, gatewaySerial: 'ABCD-123-XYZ' });
	expect(entitiesOf(sim, 'vehicle')[1].details).toMatchObject(body);
});

const aux = (...inputs: object[]) => ({ auxInputs: { inputs } });
const weight = (row: object) => ({ grossVehicleWeight: { weight: row } });

it.each<[object, string]>([
	[aux({ input: 14, type: 'boom' }), "'Input' is '14', which is not one of its choices"],
	[aux({ input: 1, type: 'fridge' }), "'Type' is 'fridge', which is not one of its choices"],
	[
		aux({ input: 1, type: 'boom' }, { input: '1', type: 'none' }),
		"'Auxiliary Inputs' has the input 1 twice",
	],
	[
		weight({ weight: 1.5, unit: 'lb' }),
		"'Gross Vehicle Weight' must be a whole number of 0 or more, but is '1.5'",
	],
	[weight({ weight: 1, unit: 't' }), "'Unit' is 't', which is not one of its choices"],
	[{ vehicleType: 'car' }, "'Vehicle Type' is 'car', which is not one of its choices"],
	[weight({ weight: '', unit: 'lb' }), "'Update Fields' has nothing to change"],
	[{ clearFields: ['gatewaySerial'] }, "'Clear Fields' has 'gatewaySerial'"],
])('refuses %j of a vehicle without a request', async (updateFields, message) => {
	const { error } = await run(sim, 'vehicle', 'update', {
		...pick('vehicle', '1'),
		updateFields: { ...updateFields },
	});
	expect(error?.message).toContain(message);
	expect(sim.requests).toEqual([]);
});
