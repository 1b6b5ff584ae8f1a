import { simulated } from './client.mts';
import type { JsonResponse, Client } from './client.mts';

let api: Client;

beforeEach(async () => {
	api = await simulated({ records: 0 });
});

afterEach(() => api.simulator.close());

function first(collection: 'drivers' | 'vehicles' | 'trailers' | 'equipment'): string {
	return [...api.simulator.state[collection].keys()][0];
}

function names(attributes: JsonResponse): string[] {
	return (attributes as unknown as Array<{ name: string }>).map(({ name }) => name);
}

const item = { name: 'Languages', stringValues: ['Welsh'] };

describe('attributes of drivers and vehicles', () => {
	it('are replaced completely by default', async () => {
		const path = `/fleet/drivers/${first('drivers')}`;
		const { body } = await api.send('PATCH', path, { attributes: [item] });
		expect(names(body.data.attributes)).toEqual(['Languages']);
	});

	it('are merged with that setting, where empty lists clear an attribute', async () => {
		api.simulator.settings.attributeWrites = 'merge';
		const path = `/fleet/drivers/${first('drivers')}`;
		const original = (await api.get(path)).body.data.attributes;
		const merged = (await api.send('PATCH', path, { attributes: [item] })).body.data.attributes;
		expect(names(merged).sort()).toEqual(names(original).sort());
		const clearing = { attributes: [{ name: 'Languages', stringValues: [] }] };
		const cleared = (await api.send('PATCH', path, clearing)).body.data.attributes;
		expect(names(cleared)).not.toContain('Languages');
		expect(names(cleared)).toHaveLength(names(original).length - 1);
	});

	it.each([
		[{ name: 'Nope', stringValues: ['x'] }],
		[{ id: '00000000-0000-4000-8000-000000000000', stringValues: ['x'] }],
		[{ stringValues: ['x'] }],
		[{ name: 'Ownership Type', stringValues: ['Owned'] }],
		[{ name: 'License Class', stringValues: ['Class Z'] }],
		[{ name: 'License Class', stringValues: ['Class A', 'Class B'] }],
		[{ name: 'Years of Experience', stringValues: ['4'] }],
		[{ name: 'Hire Date', dateValues: ['2025-02-30'] }],
		[{ name: 'Pay Grade', numberValues: [9] }],
	])('rejects %j without any change', async (invalidItem) => {
		const id = first('drivers');
		const original = structuredClone(api.simulator.state.drivers.get(id));
		const body = { notes: 'x', attributes: [item, invalidItem] };
		expect((await api.send('PATCH', `/fleet/drivers/${id}`, body)).status).toBe(400);
		expect(api.simulator.state.drivers.get(id)).toEqual(original);
	});

	it('are limited to 20 per driver', async () => {
		const attributes: object[] = [];
		for (let number = 0; number < 21; number += 1) {
			const name = `Extra ${number}`;
			await api.send('POST', '/attributes', { name, entityType: 'driver', attributeType: 'text' });
			attributes.push({ name, stringValues: ['x'] });
		}
		const path = `/fleet/drivers/${first('drivers')}`;
		expect((await api.send('PATCH', path, { attributes })).status).toBe(400);
		attributes.pop();
		expect((await api.send('PATCH', path, { attributes })).status).toBe(200);
	});
});

describe('attributes of trailers, equipment and assets', () => {
	it('are returned by the same endpoints as in the API', async () => {
		const trailer = first('trailers');
		const machine = first('equipment');
		expect((await api.get('/fleet/trailers')).text).not.toContain('"attributes"');
		expect((await api.get(`/fleet/trailers/${trailer}`)).body.data).toHaveProperty('attributes');
		expect((await api.get('/fleet/equipment')).text).not.toContain('"attributes"');
		expect((await api.get(`/fleet/equipment/${machine}`)).text).not.toContain('"attributes"');
		const assets = await api.get(`/assets?ids=${trailer},${machine}&includeAttributes=true`);
		expect(assets.body.data).toHaveLength(2);
		expect(names(assets.body.data[1].attributes)).toContain('Permits');
		expect((await api.get('/assets')).text).not.toContain('"attributes"');
	});

	it('are replaced by a merge patch that contains them', async () => {
		api.simulator.settings.attributeWrites = 'merge';
		for (const path of [
			`/fleet/trailers/${first('trailers')}`,
			`/beta/fleet/equipment/${first('equipment')}`,
			`/assets?id=${first('vehicles')}`,
		]) {
			const body = { attributes: [{ name: 'Parking Spot', stringValues: ['Dock 1'] }] };
			const response = await api.send('PATCH', path, body);
			expect(names(response.body.data.attributes)).toEqual(['Parking Spot']);
			const untouched = await api.send('PATCH', path, { notes: 'checked' });
			expect(names(untouched.body.data.attributes)).toEqual(['Parking Spot']);
		}
	});

	it('finds equipment only by its Samsara ID', async () => {
		expect((await api.get('/fleet/trailers/assetNumber:T-5301')).status).toBe(200);
		expect((await api.get('/fleet/equipment/assetNumber:E-7001')).status).toBe(404);
	});
});

describe('drivers', () => {
	const driver = { name: 'New Driver', username: 'new.driver', password: 'secret-enough' };

	it('are created with attributes and status 200, and the password is never returned', async () => {
		const body = { ...driver, attributes: [item], externalIds: { payrollId: 'N1' } };
		const response = await api.send('POST', '/fleet/drivers', body);
		expect(response.status).toBe(200);
		expect(response.text).not.toContain('secret-enough');
		const found = await api.get('/fleet/drivers/payrollId%3AN1');
		expect(found.body.data).toEqual(response.body.data);
		expect((await api.send('POST', '/fleet/drivers', driver)).status).toBe(400);
	});

	it('cannot have an external ID that another entity has', async () => {
		const body = { ...driver, externalIds: { assetNumber: 'T-5301' } };
		expect((await api.send('POST', '/fleet/drivers', body)).status).toBe(400);
		const system = { externalIds: { 'samsara.vin': 'X' } };
		const path = `/fleet/vehicles/${first('vehicles')}`;
		expect((await api.send('PATCH', path, system)).status).toBe(400);
	});

	it('are filtered by status, tags, value IDs and attributes', async () => {
		const count = async (query: string) =>
			(await api.pages(`/fleet/drivers?limit=512${query}`)).flat().length;
		expect(await count('')).toBe(37);
		expect(await count('&driverActivationStatus=deactivated')).toBe(3);
		const north = await count('&tagIds=4029136');
		const harbor = await count('&tagIds=4029137');
		expect(await count('&tagIds=4029136,4029137')).toBe(north + harbor);
		expect(await count('&tagIds=4029136&tagIds=4029137')).toBe(north + harbor);
		expect(await count('&parentTagIds=4029135')).toBe(north + harbor);
		const attribute = api.simulator.state.attributeNamed('driver', 'License Class');
		const classA = await count(`&attributeValueIds=${attribute?.values[0].id}`);
		expect(classA).toBeGreaterThan(0);
		expect(await count('&attributes=License%20Class:Class%20A')).toBe(classA);
		const range = 'attributes=Years%20of%20Experience:range(2,5)';
		const experienced = await count(`&${range}`);
		expect(experienced).toBeGreaterThan(0);
		const both = await count(`&${range}&attributes=License%20Class:Class%20A`);
		expect(both).toBeLessThanOrEqual(Math.min(experienced, classA));
		const joined = await count(`&${range};License%20Class:Class%20A`);
		expect(joined).toBe(both);
		expect((await api.get('/fleet/drivers?attributes=Hire%20Date:range(1,)')).status).toBe(400);
	});

	it('are paged without gaps or repetitions, and a cursor is valid only for its query', async () => {
		const pages = await api.pages('/fleet/drivers?limit=10');
		expect(pages.map((page) => page.length)).toEqual([10, 10, 10, 7]);
		expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(37);
		const { body } = await api.get('/fleet/drivers?limit=10');
		const after = String(body.pagination.endCursor);
		expect((await api.get(`/fleet/drivers?tagIds=4029136&after=${after}`)).status).toBe(400);
	});
});

describe('vehicles and assets', () => {
	it('finds a vehicle by the ID that Samsara sets, and returns times only in lists', async () => {
		const [vehicle] = api.simulator.state.vehicles.values();
		const one = await api.get(`/fleet/vehicles/samsara.vin:${vehicle.vin}`);
		expect(one.body.data.id).toBe(vehicle.id);
		expect(one.body.data).not.toHaveProperty('updatedAtTime');
		const list = await api.get('/fleet/vehicles?limit=1');
		expect(list.body.data[0]).toHaveProperty('updatedAtTime');
	});

	it('creates and deletes an asset that is also available as a vehicle', async () => {
		const body = { name: 'Truck 900', type: 'vehicle', vin: '1FUJGLDRXX0000001' };
		const { data } = (await api.send('POST', '/assets', body)).body;
		const id = String(data.id);
		expect((await api.get(`/fleet/vehicles/${id}`)).body.data.vin).toBe(body.vin);
		expect((await api.send('DELETE', `/assets?id=${id}`)).status).toBe(204);
		expect((await api.get(`/fleet/vehicles/${id}`)).status).toBe(404);
	});

	it('filters assets only by ranges, which can have one open bound', async () => {
		const length = await api.get('/assets?attributes=Vehicle%20Length:range(40,)');
		const all = await api.get('/assets');
		expect(length.body.data.length).not.toBe(0);
		expect(Number(length.body.data.length)).toBeLessThan(Number(all.body.data.length));
		expect((await api.get('/assets?attributes=Parking%20Spot:Dock')).status).toBe(400);
	});

	it('responds with 204 to the deletion of a trailer', async () => {
		const path = `/fleet/trailers/${first('trailers')}`;
		expect((await api.send('DELETE', path)).status).toBe(204);
		expect((await api.get(path)).status).toBe(404);
	});
});
