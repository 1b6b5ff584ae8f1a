import { simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeAll(async () => {
	api = await simulated({ records: 0, extraAttributes: 22 });
});

afterAll(() => api.simulator.close());

describe.each(['drivers', 'trailers'] as const)('%s with more than 20 attributes', (collection) => {
	it('can change and lose attributes, but get no more', async () => {
		const entity = [...api.simulator.state[collection].values()].slice(-1)[0];
		const path = `/fleet/${collection}/${entity.id}`;
		const { attributes } = (await api.get(path)).body.data;
		const assigned = attributes as unknown as Array<{ name: string; stringValues?: string[] }>;
		expect(assigned.length).toBeGreaterThan(21);
		const definition = { name: `New ${collection}`, attributeType: 'text' };
		const entityType = collection === 'drivers' ? 'driver' : 'asset';
		await api.send('POST', '/attributes', { ...definition, entityType });
		const more = [...assigned, { name: definition.name, stringValues: ['x'] }];
		expect((await api.send('PATCH', path, { attributes: more })).status).toBe(400);
		const others = assigned.map((item) =>
			item.name === 'Extra 1' ? { ...item, stringValues: ['Changed'] } : item,
		);
		expect((await api.send('PATCH', path, { attributes: others })).status).toBe(200);
		expect((await api.send('PATCH', path, { attributes: assigned.slice(1) })).status).toBe(200);
		expect(entity.attributes).toHaveLength(assigned.length - 1);
	});

	it('cannot get another attribute through the attribute itself', async () => {
		const { state } = api.simulator;
		const entity = [...state[collection].values()].slice(-1)[0];
		const entityType = collection === 'drivers' ? 'driver' : 'asset';
		const assign = (name: string) =>
			api.send('PATCH', `/attributes/${state.attributeNamed(entityType, name)?.id}`, {
				entityType,
				entities: [{ entityId: entity.id, stringValues: ['x'] }],
			});
		expect((await assign(`New ${collection}`)).status).toBe(400);
		expect((await assign('Extra 2')).status).toBe(200);
	});
});
