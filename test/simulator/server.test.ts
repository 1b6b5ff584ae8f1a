import { request, simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeAll(async () => {
	api = await simulated();
});

afterAll(() => api.simulator.close());

afterEach(() => {
	api.simulator.settings.scopes = undefined;
	api.simulator.reset();
});

const attribute = { name: 'Depot', entityType: 'driver', attributeType: 'text' };

describe('authorization', () => {
	it('accepts the token and rejects a missing or wrong one', async () => {
		expect((await api.get('/me')).body.data).toMatchObject({ name: 'Cascade Freight Lines' });
		const wrong = await api.get('/me', { authorization: 'Bearer nope' });
		expect(wrong.status).toBe(401);
		expect(Object.keys(wrong.body).sort()).toEqual(['message', 'requestId']);
		expect((await request(`${api.simulator.url}/me`)).status).toBe(401);
	});

	it('names the missing scope', async () => {
		api.simulator.settings.scopes = ['Read Drivers'];
		expect((await api.get('/fleet/drivers')).status).toBe(200);
		const { status, body } = await api.get('/attributes?entityType=driver');
		expect(status).toBe(403);
		expect(body.message).toContain('Read Attributes');
	});

	it('gives each error a unique request ID', async () => {
		const first = await api.get('/nope');
		const second = await api.get('/nope');
		expect(first.body.requestId).not.toBe(second.body.requestId);
		expect(first.headers.get('x-request-id')).toBeTruthy();
	});
});

describe('validation', () => {
	it.each([
		['GET', '/nope', undefined, 404],
		['PUT', '/fleet/drivers/1', {}, 405],
		['POST', '/attributes', '{', 400],
		['POST', '/attributes', undefined, 400],
		['GET', '/fleet/drivers?limit=513', undefined, 400],
		['GET', '/fleet/drivers?nope=1', undefined, 400],
		['GET', '/fleet/drivers?after=made-up', undefined, 400],
		['GET', '/attributes', undefined, 400],
		['GET', '/fleet/drivers/%E0%A4%A', undefined, 400],
	])('%s %s with %j', async (method, path, body, status) => {
		const response = await api.send(method, path, body);
		expect(response.status).toBe(status);
		expect(typeof response.body.message).toBe('string');
		expect(typeof response.body.requestId).toBe('string');
	});

	it('rejects unknown members by name, at any depth', async () => {
		const top = await api.send('POST', '/attributes', { ...attribute, color: 'red' });
		expect([top.status, top.body.message]).toEqual([400, 'body.color: unknown member']);
		const deep = await api.send('POST', '/fleet/drivers', {
			name: 'A',
			username: 'a',
			password: 'p',
			attributes: [{ name: 'Hire Date', dateValues: ['2025-01-01'] }],
		});
		expect(deep.body.message).toBe('body.attributes[0].dateValues: unknown member');
		expect(api.simulator.requests.map(({ violation }) => violation)).toEqual([
			top.body.message,
			deep.body.message,
		]);
	});

	it('does not record a violation if only the state of the account makes a request invalid', async () => {
		await api.send('POST', '/attributes', attribute);
		const twice = await api.send('POST', '/attributes', attribute);
		expect(twice.status).toBe(400);
		expect(api.simulator.requests.map(({ violation }) => violation)).toEqual([
			undefined,
			undefined,
		]);
	});

	it('rejects a string in place of a number in bodies', async () => {
		const { status, body } = await api.send('POST', '/attributes', {
			...attribute,
			attributeType: 'number',
			numberValues: ['1'],
		});
		expect(status).toBe(400);
		expect(body.message).toContain('body.numberValues[0]');
	});

	it('responds with 415 to another content type', async () => {
		const response = await request(`${api.simulator.url}/attributes`, {
			method: 'POST',
			data: 'name=x',
			headers: {
				authorization: `Bearer ${api.simulator.token}`,
				'content-type': 'application/x-www-form-urlencoded',
			},
		});
		expect(response.status).toBe(415);
	});

	it('responds with 413 to more than 40 MiB', async () => {
		const { status, body } = await api.send('POST', '/attributes', {
			...attribute,
			name: 'x'.repeat(41 * 1024 * 1024),
		});
		expect(status).toBe(413);
		expect(typeof body.requestId).toBe('string');
	});
});

describe('recorded requests', () => {
	it('have the encoded path, the raw query and the parsed body', async () => {
		await api.get('/fleet/drivers/payrollId%3AP10001?');
		await api.get('/fleet/drivers?limit=2&tagIds=4029136%2C4029137');
		await api.send('PATCH', '/fleet/drivers/payrollId:P10001', { notes: 'call first' });
		expect(api.simulator.requests).toMatchObject([
			{ method: 'GET', path: '/fleet/drivers/payrollId%3AP10001', query: '', status: 200 },
			{ path: '/fleet/drivers', query: 'limit=2&tagIds=4029136%2C4029137', inFlight: 0 },
			{ method: 'PATCH', body: { notes: 'call first' }, rawBody: '{"notes":"call first"}' },
		]);
	});

	it('have the number of other requests in flight', async () => {
		api.simulator.settings.latencyMs = 40;
		await Promise.all([api.get('/me'), api.get('/me'), api.get('/me')]);
		api.simulator.settings.latencyMs = 0;
		const inFlight = api.simulator.requests.map((request) => request.inFlight);
		expect(inFlight).toEqual([0, 1, 2]);
	});
});
