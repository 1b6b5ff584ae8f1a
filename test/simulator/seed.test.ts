import { request, simulated } from './client.mts';
import { startSimulator } from './index.mts';

const DAY_MS = 24 * 3600 * 1000;

it('creates the same fleet on every run', async () => {
	const now = () => new Date('2026-03-01T12:00:00Z');
	const [first, second] = await Promise.all([startSimulator({ now }), startSimulator({ now })]);
	expect([...first.state.drivers.values()]).toEqual([...second.state.drivers.values()]);
	expect([...first.state.records.values()]).toEqual([...second.state.records.values()]);
	await Promise.all([first.close(), second.close()]);
});

it('contains what other tests rely on', async () => {
	const api = await simulated();
	const { state } = api.simulator;
	expect(state.drivers.size).toBe(40);
	expect(state.drivers.has('9007199254740993')).toBe(true);
	const types = new Set(
		[...state.attributes.values()].map(
			({ attributeType, attributeValueQuantity }) => `${attributeType} ${attributeValueQuantity}`,
		),
	);
	expect(types.size).toBe(10);
	for (const { vin } of state.vehicles.values()) expect(vin).toHaveLength(17);
	const names = [...state.drivers.values()].map(({ name }) => name);
	expect(new Set(names).size).toBe(40);

	const records = [...state.records.values()];
	const active = records.filter(({ recordStatus }) => recordStatus === 'active');
	const days = active.map(({ expirationDate }) =>
		expirationDate === undefined
			? undefined
			: Math.ceil((Date.parse(expirationDate) - Date.now()) / DAY_MS),
	);
	for (const expected of [3, 10, 25, 45, 59, 61, 200, undefined]) expect(days).toContain(expected);
	expect(days.some((count) => count !== undefined && count < 0)).toBe(true);
	expect(new Set(records.map(({ recordStatus }) => recordStatus)).size).toBe(3);
	const owners = new Set(records.map(({ owner }) => owner.id));
	expect([...state.drivers.keys()].some((id) => !owners.has(id))).toBe(true);
	await api.simulator.close();
});

it('can be empty', async () => {
	const api = await simulated({ seed: 'empty' });
	expect((await api.get('/fleet/drivers')).body).toEqual({
		data: [],
		pagination: { endCursor: '', hasNextPage: false },
	});
	await api.simulator.close();
});

it('streams from 50,000 records', async () => {
	const simulator = await startSimulator({ records: 50_000 });
	const headers = { authorization: `Bearer ${simulator.token}` };
	const stream = `${simulator.url}/qualification-records/stream?entityType=worker`;
	const { body } = await request(`${stream}&startTime=2000-01-01T00:00:00Z`, { headers });
	expect(body.data).toHaveLength(512);
	await simulator.close();
});
