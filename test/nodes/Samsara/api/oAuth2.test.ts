import { sleep, type IDataObject, type NodeApiError } from 'n8n-workflow';
import { createTransport, type N8nContext } from '../../../../nodes/Samsara/api/http';
import { listSearch } from '../../../../nodes/Samsara/methods';
import { SamsaraTrigger } from '../../../../nodes/Samsara/SamsaraTrigger.node';
import { pollNode } from '../../../engine';
import {
	connectOAuth2,
	editorContext,
	itemsOf,
	locator,
	rowsOf,
	runSamsara,
	speedUp,
	wiring,
} from '../../../samsara';
import { startSimulator, type Simulator } from '../../../simulator/index.mts';
import {
	newDriver,
	newRecord,
	recordsOf,
	typeNamed,
} from '../resources/qualificationRecord/fixtures';

let sim: Simulator;
let account: ReturnType<typeof connectOAuth2>;

beforeEach(async () => {
	sim = await startSimulator();
	account = connectOAuth2(sim);
});

afterEach(async () => await sim.close());

const accessToken = () => account.oAuth2.oauthTokenData.access_token as string;
const renewals = () => sim.requests.filter(({ path }) => path === '/oauth2/token');
const allDrivers = { resource: 'driver', operation: 'getAll', returnAll: true };

/** A run that creates a record with a number for each item. */
function creating(count: number) {
	const type = typeNamed(sim, 'Hazmat Certificate');
	const owner = newDriver(sim);
	const parameters = newRecord(
		type,
		owner,
		{ 'Certificate Number': 'C-1' },
		{ issueDate: '={{ $json.date }}', requestOptions: { concurrency: 10 } },
	);
	const items = itemsOf(
		...Array.from({ length: count }, (_, day) => ({
			date: new Date(Date.UTC(2024, 0, day + 1)).toISOString(),
		})),
	);
	return { owner, parameters, items };
}

describe('a run with an OAuth 2.0 credential', () => {
	it('sends the access token, and never the API token of the other credential', async () => {
		expect(await rowsOf(account, allDrivers)).not.toHaveLength(0);
		for (const { headers } of sim.requests)
			expect(headers.authorization).toBe(`Bearer ${accessToken()}`);
	});

	it.each([1, 3, 25])(
		'creates each record once if access tokens expire after %i calls',
		async (calls) => {
			const { owner, parameters, items } = creating(40);
			sim.settings.accessTokenCalls = calls;
			sim.oauth.expireAccessTokens();
			// One at a time, because other calls would use up a token before it is used to send a call again.
			parameters.requestOptions = { concurrency: 1 };
			const { rows, error } = await runSamsara(account, parameters, { items });
			if (calls === 1) {
				// The call that renews the token uses it up.
				expect(error).toMatchObject({ httpCode: '401' });
				expect(recordsOf(sim, owner)).toHaveLength(0);
				return;
			}
			expect(error).toBeUndefined();
			expect(rows).toHaveLength(40);
			const dates = recordsOf(sim, owner).map(({ issueDate }) => issueDate);
			expect(new Set(dates).size).toBe(40);
			expect(dates).toHaveLength(40);
			expect(renewals().length).toBeGreaterThan(1);
		},
	);

	it('renews the token once for ten calls at a time, since refresh tokens work once', async () => {
		sim.settings.refreshTokenReuse = 'revoke';
		const { owner, parameters, items } = creating(40);
		sim.oauth.expireAccessTokens();
		sim.settings.latencyMs = 5;
		expect(await rowsOf(account, parameters, { items })).toHaveLength(40);
		expect(recordsOf(sim, owner)).toHaveLength(40);
		expect(renewals()).toHaveLength(1);
		const writes = sim.requests.filter(({ method, status }) => method === 'POST' && status === 201);
		expect(writes).toHaveLength(40);
	});

	it('uses a token that another process has just stored, though its own renewal was refused', async () => {
		const restore = speedUp(20);
		// The other process has used the refresh token, but not yet stored the new one.
		sim.oauth.expireAccessTokens();
		const renewed = sim.oauth.refresh(String(account.oAuth2.oauthTokenData.refresh_token));
		try {
			const running = rowsOf(account, allDrivers);
			while (renewals().every(({ status }) => status === 0)) await sleep(1);
			account.oAuth2.oauthTokenData = { ...renewed! };
			expect(await running).not.toHaveLength(0);
			expect(renewals().map(({ status }) => status)).toEqual([400]);
		} finally {
			restore();
		}
	});

	it.each([503, 429])(
		'waits and tries again if the token cannot be renewed now: status %i',
		async (status) => {
			const restore = speedUp(50);
			const { owner, parameters, items } = creating(5);
			sim.oauth.expireAccessTokens();
			sim.faults.add({ kind: 'status', path: '/oauth2/token', status, body: '{}' });
			try {
				expect(await rowsOf(account, parameters, { items })).toHaveLength(5);
				expect(recordsOf(sim, owner)).toHaveLength(5);
				expect(renewals().map((request) => request.status)).toEqual([status, 200]);
			} finally {
				restore();
			}
		},
	);

	it.each(['reset', 'status'] as const)(
		'says so if the token cannot be renewed, and that nothing was changed: %s',
		async (kind) => {
			const restore = speedUp(50);
			const { owner, parameters, items } = creating(1);
			parameters.requestOptions = { retries: 0 };
			sim.oauth.expireAccessTokens();
			sim.faults.add({ kind, path: '/oauth2/token', times: 9 });
			try {
				const { error } = await runSamsara(account, parameters, { items });
				expect(error!.message).toContain(
					'Samsara could not renew the connection of the credential',
				);
				expect(error!.message).not.toContain('may or may not');
				expect((error as NodeApiError).failure).toEqual({ cause: 'temporarily-unavailable' });
				expect(recordsOf(sim, owner)).toHaveLength(0);
			} finally {
				restore();
			}
		},
	);

	it('asks to connect again if Samsara ended the connection, and stops there', async () => {
		const restore = speedUp(50);
		const { owner, parameters, items } = creating(40);
		const { accepts } = sim.oauth;
		sim.oauth.accepts = (token) => {
			if (recordsOf(sim, owner).length >= 12) sim.oauth.revoke();
			return accepts.call(sim.oauth, token);
		};
		try {
			const { error } = await runSamsara(account, parameters, { items });
			expect(error).toMatchObject({
				httpCode: '401',
				failure: { cause: 'credential-invalid' },
				description: expect.stringContaining('Open the Samsara credential and connect it again.'),
			});
			expect(renewals()).toHaveLength(1);
			expect(recordsOf(sim, owner)).toHaveLength(12);
		} finally {
			restore();
		}
	});

	it('names the app in place of the token if a scope is missing', async () => {
		sim.settings.scopes = ['Read Org Information'];
		const { error } = await runSamsara(account, allDrivers);
		expect((error as NodeApiError).description).toMatch(
			/^Add the scope to the app in Samsara under Settings > OAuth 2\.0 Apps, and connect/,
		);
		expect(renewals()).toHaveLength(0);
	});

	it('says that the credential is not connected', async () => {
		account.oAuth2.oauthTokenData = {};
		const { error } = await runSamsara(account, allDrivers);
		expect(error!.message).toContain('The Samsara credential is not connected');
		expect(sim.requests).toHaveLength(0);
	});

	it('hides an echoed token that was renewed during the run', async () => {
		sim.oauth.expireAccessTokens();
		sim.faults.add({ kind: 'echo', path: '/fleet/drivers' });
		const { error } = await runSamsara(account, allDrivers);
		expect(renewals()).toHaveLength(1);
		expect(error!.message).toContain('authorization: Bearer [API token]');
		expect(JSON.stringify(error)).not.toContain(accessToken());
	});
});

describe('where tokens go', () => {
	it.each([301, 302, 307, 308])('a redirect is not followed: %i', async (status) => {
		const elsewhere = await startSimulator();
		const headers = { location: `${elsewhere.url}/fleet/drivers` };
		sim.faults.add({ kind: 'status', path: '/fleet/drivers', status, headers });
		sim.oauth.expireAccessTokens();
		sim.faults.add({ kind: 'status', path: '/me', status, headers, times: 9 });
		await runSamsara(account, { ...allDrivers, requestOptions: { retries: 0 } });
		expect(elsewhere.requests).toHaveLength(0);
		await elsewhere.close();
	});

	it('a file host gets none', async () => {
		const record = [...sim.state.records.values()].find(
			({ fields, recordStatus }) =>
				recordStatus === 'active' && fields.some(({ type }) => type === 'media'),
		)!;
		const parameters = {
			resource: 'qualificationRecord',
			operation: 'downloadFiles',
			recordId: locator(record.id),
		};
		const { output, error } = await runSamsara(account, parameters);
		expect(error).toBeUndefined();
		expect(Object.keys(output[0].binary ?? {})).not.toHaveLength(0);
		expect(sim.mediaRequests).not.toHaveLength(0);
		for (const { headers, query } of sim.mediaRequests) {
			expect(headers.authorization).toBeUndefined();
			expect(query).not.toContain(accessToken());
		}
	});

	it('none is added to an address, whatever type of token Samsara names', async () => {
		account.oAuth2.oauthTokenData.token_type = 'mac';
		expect(await rowsOf(account, allDrivers)).not.toHaveLength(0);
		for (const { query } of sim.requests) expect(query).not.toContain(accessToken());
	});

	it('a Base URL without https gets none', async () => {
		account.oAuth2.baseUrl = 'http://evil.example';
		const { error } = await runSamsara(account, allDrivers);
		expect(error!.message).toContain('must start with https://');
	});
});

describe('the account', () => {
	async function transport(credential: IDataObject, id = 'credential') {
		return await createTransport({
			getNode: () => ({
				parameters: { authentication: 'oAuth2' },
				credentials: { samsaraOAuth2Api: { id, name: '' } },
			}),
			getCredentials: async () => ({ region: 'us', clientId: 'app', ...credential }),
		} as unknown as N8nContext);
	}
	const withToken = (token: string, more = {}) => ({
		oauthTokenData: { access_token: token },
		...more,
	});

	it('stays the same when its token is renewed, while lists of the editor are read again', async () => {
		const [before, after] = [await transport(withToken('a')), await transport(withToken('b'))];
		expect(after.account).toBe(before.account);
		expect(after.session).not.toBe(before.session);
		for (const { account: hash } of [before, after]) expect(hash).toMatch(/^[\da-f]{64}$/);
	});

	it('differs by host, app and credential', async () => {
		const accounts = await Promise.all([
			transport(withToken('a')),
			transport(withToken('a', { region: 'eu' })),
			transport(withToken('a', { clientId: 'other' })),
			transport(withToken('a'), 'other'),
		]);
		expect(new Set(accounts.map((one) => one.account)).size).toBe(4);
	});
});

it('works in the lists of the editor', async () => {
	sim.oauth.expireAccessTokens();
	const { results } = await listSearch.searchDrivers.call(
		editorContext(account, { resource: 'driver', operation: 'get' }),
	);
	expect(results).not.toHaveLength(0);
	expect(renewals()).toHaveLength(1);
});

describe('the trigger', () => {
	const staticData: IDataObject = {};
	const poll = async () =>
		await pollNode({
			node: new SamsaraTrigger(),
			parameters: { authentication: 'oAuth2', event: 'recordUpdated', entityType: 'worker' },
			...wiring(account),
			staticData,
		});

	it('continues where it was after the token was renewed', async () => {
		expect(await poll()).toBeNull();
		const record = [...sim.state.records.values()].find(
			({ recordStatus, owner }) => recordStatus === 'active' && owner.entityType === 'worker',
		)!;
		record.updatedAtTime = new Date(Date.now() - 500).toISOString();
		sim.oauth.expireAccessTokens();
		const [items] = (await poll())!;
		expect(items.map(({ json }) => json.id)).toEqual([record.id]);
		expect(await poll()).toBeNull();
		expect(renewals()).toHaveLength(1);
	});
});
