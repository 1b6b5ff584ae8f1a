import { simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeAll(async () => {
	api = await simulated({ records: 0, extraAttributes: 22 });
});

afterAll(() => api.simulator.close());

describe.each(['drivers', 'trailers'] as const)('%s over the limit of attributes', (kind) => {
	it('can be changed and lose attributes, but get no more', async () => {
		const entity = [...api.simulator.state[kind].values()].slice(-1)[0];
		const path = `/fleet/${kind}/${entity.id}`;
		const { attributes } = (await api.get(path)).body.data;
		const assigned = attributes as unknown as Array<{ name: string; stringValues?: string[] }>;
		expect(assigned.length).toBeGreaterThan(21);
		const definition = { name: `New ${kind}`, attributeType: 'text' };
		const entityType = kind === 'drivers' ? 'driver' : 'asset';
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

	it('is refused when assigned from the side of the attribute', async () => {
		const { state } = api.simulator;
		const entity = [...state[kind].values()].slice(-1)[0];
		const entityType = kind === 'drivers' ? 'driver' : 'asset';
		const assign = (name: string) =>
			api.send('PATCH', `/attributes/${state.attributeNamed(entityType, name)?.id}`, {
				entityType,
				entities: [{ entityId: entity.id, stringValues: ['x'] }],
			});
		expect((await assign(`New ${kind}`)).status).toBe(400);
		expect((await assign('Extra 2')).status).toBe(200);
	});
});

it('says that a configuration limit is exceeded', async () => {
	const { attributes } = api.simulator.state;
	const [template] = attributes.values();
	for (let number = attributes.size; number < 1000; number += 1) {
		attributes.set(`a${number}`, { ...template, id: `a${number}`, name: `A ${number}` });
	}
	const body = { name: 'One Too Many', entityType: 'driver', attributeType: 'text' };
	const response = await api.send('POST', '/attributes', body);
	expect([response.status, response.body.message]).toEqual([400, 'Configuration limit exceeded']);
});
