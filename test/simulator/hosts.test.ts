import { simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeAll(async () => {
	api = await simulated({ records: 4 });
});

afterAll(() => api.simulator.close());

afterEach(() => api.simulator.reset());

it('repeats the token in a refusal, as a careless host does', async () => {
	api.simulator.faults.add({ kind: 'echo', status: 502 });
	const { status, body, headers } = await api.get('/fleet/drivers');
	expect(status).toBe(502);
	expect(body.message).toContain(api.simulator.token);
	expect(body.request.authorization).toContain(api.simulator.token);
	expect(headers.get('x-forwarded-authorization')).toContain(api.simulator.token);
	expect((await api.get('/fleet/drivers')).text).not.toContain(api.simulator.token);
});

it('answers a delete with 429 and the next one with 404, as nothing was there', async () => {
	const { faults, requests } = api.simulator;
	faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
	const first = await api.send('DELETE', '/fleet/trailers/1');
	expect([first.status, first.headers.get('retry-after')]).toEqual([429, '3600']);
	expect((await api.send('DELETE', '/fleet/trailers/1')).status).toBe(404);
	expect(requests.map(({ status }) => status)).toEqual([429, 404]);
});
