import { simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeAll(async () => {
	api = await simulated({ records: 0 });
});

afterAll(() => api.simulator.close());

function first(collection: 'drivers' | 'vehicles' | 'trailers' | 'equipment'): string {
	return [...api.simulator.state[collection].keys()][0];
}

// Details that a comparison with the vendor's OpenAPI document revealed.

it.each([
	['drivers', '/fleet/drivers', { hosSetting: { heavyHaulExemptionToggleEnabled: true } }],
	['vehicles', '/fleet/vehicles', { engineHours: 12, odometerMeters: 34, gatewaySerial: 'G1' }],
	['trailers', '/fleet/trailers', { odometerMeters: 34 }],
	['equipment', '/beta/fleet/equipment', { engineHours: 12, odometerMeters: 34 }],
] as const)('%s accept members that responses never contain', async (collection, path, change) => {
	const id = first(collection);
	const written = await api.send('PATCH', `${path}/${id}`, change);
	const read = await api.get(`/fleet/${collection}/${id}`);
	const listed = await api.get(`/fleet/${collection}`);
	for (const { status, text } of [written, read, listed]) {
		expect(status).toBe(200);
		for (const member of Object.keys(change)) expect(text).not.toContain(`"${member}"`);
	}
});

it('returns the gross weight of a single vehicle, but not in the list', async () => {
	const path = `/fleet/vehicles/${first('vehicles')}`;
	const grossVehicleWeight = { unit: 'lb', weight: 33000 };
	const { body } = await api.send('PATCH', path, { grossVehicleWeight });
	expect(body.data.grossVehicleWeight).toEqual(grossVehicleWeight);
	expect((await api.get(path)).body.data.grossVehicleWeight).toEqual(grossVehicleWeight);
	expect((await api.get('/fleet/vehicles')).text).not.toContain('"grossVehicleWeight"');
});

const ruleset = {
	cycle: 'California School/FLV (8/80)',
	restart: '34-hour Restart',
	restbreak: 'None',
	usStateToOverride: '',
};

it.each([
	[200, 'vehicles', { auxInputType1: 'reefer', auxInputType13: 'ecuPowerTakeOff' }],
	[400, 'vehicles', { auxInputType1: 'fridge' }],
	[400, 'vehicles', { auxInputType13: '' }],
	[200, 'drivers', { usDriverRulesetOverride: ruleset }],
	[400, 'drivers', { usDriverRulesetOverride: { ...ruleset, cycle: 'California (8/80)' } }],
	[400, 'drivers', { usDriverRulesetOverride: { ...ruleset, restart: '12-hour Restart' } }],
	[400, 'drivers', { usDriverRulesetOverride: { ...ruleset, restbreak: 'Lunch' } }],
	[400, 'drivers', { usDriverRulesetOverride: { ...ruleset, usStateToOverride: 'NY' } }],
] as const)('responds with %i to a change of %s with %j', async (status, collection, change) => {
	const response = await api.send('PATCH', `/fleet/${collection}/${first(collection)}`, change);
	expect(response.status).toBe(status);
	if (status === 200) expect(response.body.data).toMatchObject(change);
});

it('does not limit the length of passwords or of trailer and equipment names', async () => {
	const long = 'x'.repeat(300);
	const trailer = `/fleet/trailers/${first('trailers')}`;
	expect((await api.send('PATCH', trailer, { name: long })).body.data.name).toBe(long);
	const equipment = `/beta/fleet/equipment/${first('equipment')}`;
	expect((await api.send('PATCH', equipment, { name: long })).body.data.name).toBe(long);
	const driver = { name: 'Long', username: 'long', password: long };
	expect((await api.send('POST', '/fleet/drivers', driver)).status).toBe(200);
});

it('returns null lists only for free text', async () => {
	const { data } = (await api.get('/attributes?entityType=driver')).body;
	const attributes = data as unknown as Array<{ attributeType: string; stringValues: unknown }>;
	const without = attributes.filter(({ stringValues }) => stringValues === null);
	expect(without.map(({ attributeType }) => attributeType)).toEqual([
		'text',
		'freeform-multi-select',
	]);
});

it('rejects an invalid date of an entity', async () => {
	const attribute = api.simulator.state.attributeNamed('driver', 'Hire Date');
	const assign = (date: string) =>
		api.send('PATCH', `/attributes/${attribute?.id}`, {
			entityType: 'driver',
			entities: [{ entityId: first('drivers'), dateValues: [date] }],
		});
	expect((await assign('2026-02-30')).status).toBe(400);
	expect((await assign('2026-02-28')).status).toBe(200);
});

it("returns the parent of a driver's tag", async () => {
	const path = `/fleet/drivers/${first('drivers')}`;
	const tag = [...api.simulator.state.tags.values()].find(({ parentTagId }) => parentTagId);
	const { body } = await api.send('PATCH', path, { peerGroupTagId: tag?.id });
	expect(body.data.peerGroupTag).toEqual(tag);
});

it('returns the year and regulation mode of a vehicle in the format of each endpoint', async () => {
	const id = first('vehicles');
	const change = { year: 2024, regulationMode: 'unregulated', readingsIngestionEnabled: true };
	const asset = (await api.send('PATCH', `/assets?id=${id}`, change)).body.data;
	expect(asset).toMatchObject(change);
	const vehicle = (await api.get(`/fleet/vehicles/${id}`)).body.data;
	expect(vehicle).toMatchObject({ year: '2024', vehicleRegulationMode: 'unregulated' });
	expect(vehicle).not.toHaveProperty('regulationMode');
	expect(vehicle).not.toHaveProperty('readingsIngestionEnabled');
	await api.send('PATCH', `/assets?id=${first('trailers')}`, { make: 'WABASH', notes: 'x' });
	const trailer = (await api.get(`/fleet/trailers/${first('trailers')}`)).body.data;
	expect(trailer.notes).toBe('x');
	expect(trailer).not.toHaveProperty('make');
});
