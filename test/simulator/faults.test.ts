import { simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeAll(async () => {
	api = await simulated();
});

afterAll(() => api.simulator.close());

afterEach(() => api.simulator.reset());

let number = 0;

function createAttribute() {
	number += 1;
	const body = { name: `Fault ${number}`, entityType: 'driver', attributeType: 'text' };
	return api.send('POST', '/attributes', body);
}

function exists(): boolean {
	return api.simulator.state.attributeNamed('driver', `Fault ${number}`) !== undefined;
}

describe('transport faults', () => {
	it.each([false, true])('status, applied %s', async (applied) => {
		const headers = { 'retry-after': '0.5' };
		api.simulator.faults.add({ kind: 'status', status: 503, headers, applied, method: 'POST' });
		const response = await createAttribute();
		expect(response.status).toBe(503);
		expect(response.headers.get('retry-after')).toBe('0.5');
		expect(exists()).toBe(applied);
		expect(api.simulator.requests[0]).toMatchObject({
			status: 503,
			body: { entityType: 'driver' },
		});
		expect((await createAttribute()).status).toBe(200);
	});

	it.each([false, true])('reset, applied %s', async (applied) => {
		api.simulator.faults.add({ kind: 'reset', path: '/attributes', applied });
		await expect(createAttribute()).rejects.toThrow();
		expect(exists()).toBe(applied);
		expect(api.simulator.requests[0].status).toBe(0);
	});

	it.each([false, true])('cut, applied %s', async (applied) => {
		api.simulator.faults.add({ kind: 'cut', applied });
		await expect(createAttribute()).rejects.toThrow();
		expect(exists()).toBe(applied);
	});

	it.each([false, true])('hang for a limited time, applied %s', async (applied) => {
		api.simulator.faults.add({ kind: 'hang', ms: 60, applied });
		const start = performance.now();
		await expect(createAttribute()).rejects.toThrow();
		expect(performance.now() - start).toBeGreaterThan(50);
		expect(exists()).toBe(applied);
	});

	it('closes the simulator during a hanging request', async () => {
		const other = await simulated({ seed: 'empty' });
		other.simulator.faults.add({ kind: 'hang' });
		const hanging = expect(other.get('/me')).rejects.toThrow();
		while (other.simulator.requests.length === 0) await api.get('/me');
		await other.simulator.close();
		await hanging;
	});

	it('nonJson, empty and delay', async () => {
		api.simulator.faults.add({ kind: 'nonJson' });
		expect((await api.get('/me')).text).toContain('<html>');
		api.simulator.faults.add({ kind: 'empty' });
		const empty = await createAttribute();
		expect([empty.status, empty.text, exists()]).toEqual([200, '', true]);
		api.simulator.faults.add({ kind: 'delay', ms: 60 });
		const start = performance.now();
		expect((await api.get('/me')).status).toBe(200);
		expect(performance.now() - start).toBeGreaterThan(50);
	});

	it('echo repeats the token in an error response', async () => {
		api.simulator.faults.add({ kind: 'echo', status: 502 });
		const { status, body, headers } = await api.get('/fleet/drivers');
		expect(status).toBe(502);
		expect(body.message).toContain(api.simulator.token);
		expect(body.request.authorization).toContain(api.simulator.token);
		expect(headers.get('x-forwarded-authorization')).toContain(api.simulator.token);
		expect((await api.get('/fleet/drivers')).text).not.toContain(api.simulator.token);
	});

	it('match method and path, and apply `times` times after `after` requests', async () => {
		const path = /^\/fleet\/drivers\/\d+$/;
		api.simulator.faults.add({
			kind: 'status',
			status: 500,
			method: 'GET',
			path,
			after: 1,
			times: 2,
		});
		const [id] = api.simulator.state.drivers.keys();
		expect((await api.get('/fleet/drivers')).status).toBe(200);
		const statuses: number[] = [];
		for (let call = 0; call < 4; call += 1) {
			statuses.push((await api.get(`/fleet/drivers/${id}`)).status);
		}
		expect(statuses).toEqual([200, 500, 500, 200]);
		expect(api.simulator.faults.pending).toBe(0);
	});
});

describe('pagination faults', () => {
	const path = '/fleet/drivers?limit=15';
	const ids = async () => (await api.pages(path)).map((page) => page.map(({ id }) => id));

	it('emptyPage loses nothing', async () => {
		api.simulator.faults.add({ kind: 'emptyPage', after: 1 });
		const pages = await ids();
		expect(pages.map((page) => page.length)).toEqual([15, 0, 15, 7]);
		expect(new Set(pages.flat()).size).toBe(37);
	});

	it('overDelivery returns more rows than the limit', async () => {
		api.simulator.faults.add({ kind: 'overDelivery', rows: 4 });
		const pages = await ids();
		expect(pages.map((page) => page.length)).toEqual([19, 15, 3]);
		expect(new Set(pages.flat()).size).toBe(37);
	});

	it('repeatCursor returns the cursor of the request', async () => {
		api.simulator.faults.add({ kind: 'repeatCursor' });
		const { body } = await api.get(path);
		const after = String(body.pagination.endCursor);
		const repeated = await api.get(`${path}&after=${after}`);
		expect(repeated.body.pagination).toEqual({ endCursor: after, hasNextPage: true });
	});

	it('expiredCursor rejects the next cursor', async () => {
		api.simulator.faults.add({ kind: 'expiredCursor' });
		const { body, status } = await api.get(path);
		expect(status).toBe(200);
		const expired = await api.get(`${path}&after=${String(body.pagination.endCursor)}`);
		expect([expired.status, expired.body.message]).toEqual([
			400,
			expect.stringContaining('expired'),
		]);
	});
});
