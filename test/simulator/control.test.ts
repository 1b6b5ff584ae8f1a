import { simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeEach(async () => {
	api = await simulated({ token: 'samsara_sim_fixed' });
});

afterEach(() => api.simulator.close());

it('lets other processes add faults and change settings', async () => {
	await api.control('POST', '/control/faults', {
		kind: 'status',
		status: 502,
		pathPattern: '^/fleet/',
	});
	expect((await api.get('/me')).status).toBe(200);
	expect((await api.get('/fleet/drivers')).status).toBe(502);
	await api.control('POST', '/control/faults', { kind: 'status' });
	await api.control('DELETE', '/control/faults');
	expect((await api.get('/me')).status).toBe(200);
	const settings = await api.control('PATCH', '/control/settings', { scopes: ['Read Drivers'] });
	expect(settings.status).toBe(200);
	expect((await api.get('/me')).status).toBe(403);
	expect((await api.control('PATCH', '/control/settings', { nope: 1 })).status).toBe(400);
});

it('reports requests, statistics and state', async () => {
	const [id] = api.simulator.state.drivers.keys();
	await api.get(`/fleet/drivers/${id}`);
	await api.get('/fleet/drivers/1');
	expect((await api.control('GET', '/control/stats')).body).toEqual({
		'GET /fleet/drivers/:id': { 200: 1, 404: 1 },
	});
	expect((await api.control('GET', '/control/requests')).body).toHaveLength(2);
	await api.control('DELETE', '/control/requests');
	expect(api.simulator.requests).toEqual([]);
	const records = await api.control('GET', '/control/state?collection=records');
	expect(records.body).toHaveLength(api.simulator.state.records.size);
});

it('changes a record so that the change appears in the stream', async () => {
	const [record] = api.simulator.state.records.values();
	const startTime = new Date().toISOString();
	const change = { expirationDate: null, recordStatus: 'archived' };
	await api.control('POST', `/control/records/${record.id}`, change);
	const { entityType } = record.owner;
	const stream = `/qualification-records/stream?entityType=${entityType}&startTime=${startTime}`;
	const { body } = await api.get(stream);
	expect(body.data).toMatchObject([{ id: record.id, recordStatus: 'archived' }]);
	expect(body.data[0]).not.toHaveProperty('expirationDate');
});
