import type { IHttpRequestOptions } from 'n8n-workflow';
import { createTransport, type N8nContext } from '../../../../nodes/Samsara/api/http';
import { itemsOf, locator, runSamsara } from '../../../samsara';
import { startSimulator } from '../../../simulator/index.mts';

const TOKEN = 'samsara_api_not_a_real_one';

/** A node that records its calls and responds to them with 200. */
function node(credential: object) {
	const sent: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({ parameters: {} }),
		getCredentials: async () => ({ apiToken: TOKEN, ...credential }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				sent.push(options);
				return { statusCode: 200, headers: {}, body: '{}' };
			},
		},
	} as unknown as N8nContext;
	return { context, sent };
}

const call = { method: 'GET', target: '/me', timeout: 1000 } as const;

describe('where calls go', () => {
	it.each([
		[{ region: 'us' }, 'https://api.samsara.com/me'],
		[{ region: 'eu' }, 'https://api.eu.samsara.com/me'],
		[{ region: 'ca' }, 'https://api.ca.samsara.com/me'],
		[{ region: 'us', baseUrl: 'https://evil.example' }, 'https://api.samsara.com/me'],
		[
			{ region: 'custom', baseUrl: ' https://proxy.example:8443/samsara/ ' },
			'https://proxy.example:8443/samsara/me',
		],
		[{ region: 'custom', baseUrl: 'http://127.0.0.1:8080' }, 'http://127.0.0.1:8080/me'],
		[{ region: 'custom', baseUrl: 'http://localhost:8080/' }, 'http://localhost:8080/me'],
		[{ region: 'custom', baseUrl: 'http://[::1]' }, 'http://[::1]/me'],
	])('%j', async (credential, url) => {
		const { context, sent } = node(credential);
		await (await createTransport(context)).send(call);
		expect(sent).toMatchObject([
			{ url, disableFollowRedirect: true, ignoreHttpStatusErrors: true, timeout: 1000 },
		]);
	});

	it.each([
		'',
		'http://evil.example',
		'http://127.0.0.1.evil.example',
		'http://127.0.0.1@evil.example',
		'http://localhost.evil.example:80',
		'https://user:secret@evil.example',
		'https://proxy.example/?x=',
		'https://proxy.example/#',
		'ftp://proxy.example',
		'proxy.example',
		`https://proxy.example/?token=${TOKEN}`,
		'https://',
		'javascript:alert(1)',
	])('refuses the Base URL %j', async (baseUrl) => {
		const refused = createTransport(node({ region: 'custom', baseUrl }).context);
		await expect(refused).rejects.toThrow('must start with https://');
		await expect(refused).rejects.not.toThrow(/secret|samsara_api/);
	});
});

it('distinguishes accounts without storing the token', async () => {
	const accounts = await Promise.all(
		[{ region: 'us' }, { region: 'eu' }, { region: 'us', apiToken: 'other' }, { region: 'us' }].map(
			async (credential) => (await createTransport(node(credential).context)).account,
		),
	);
	expect(new Set(accounts).size).toBe(3);
	expect(accounts[0]).toBe(accounts[3]);
	for (const account of accounts) expect(account).toMatch(/^[\da-f]{64}$/);
});

describe('redirects', () => {
	it.each([301, 302, 303, 307, 308])('are not followed: %i', async (status) => {
		const [sim, elsewhere] = await Promise.all([
			startSimulator({ records: 0 }),
			startSimulator({ records: 0 }),
		]);
		const headers = { location: `${elsewhere.url}/fleet/drivers/1` };
		sim.faults.add({ kind: 'status', status, headers, body: '' });
		const { error } = await runSamsara(
			sim,
			{ resource: 'driver', operation: 'get', driverId: locator('1') },
			{ items: itemsOf({}) },
		);
		expect(error?.message).toContain(`status ${status}`);
		expect(error?.description).toContain('Redirects are not followed');
		expect(JSON.stringify(error)).not.toContain(sim.token);
		expect(elsewhere.requests).toEqual([]);
		await Promise.all([sim.close(), elsewhere.close()]);
	});
});

it('sends the token only in the Authorization header, and the API version that this package was made for', async () => {
	const sim = await startSimulator({ records: 0 });
	const [{ id }] = sim.state.drivers.values();
	await runSamsara(sim, { resource: 'driver', operation: 'get', driverId: locator(id) });
	const [{ headers, path, query, rawBody }] = sim.requests;
	expect(headers['x-samsara-version']).toBe('2025-06-11');
	expect(headers.authorization).toBe(`Bearer ${sim.token}`);
	const others = { ...headers, authorization: undefined };
	expect(JSON.stringify([others, path, query, rawBody])).not.toContain(sim.token);
	await sim.close();
});
