import { simulated } from './client.mts';
import type { Client } from './client.mts';
import { OAUTH_APP } from './oauth.mts';

const REDIRECT = 'http://localhost:5678/rest/oauth2-credential/callback';
const basic = `${OAUTH_APP.clientId}:${OAUTH_APP.clientSecret}`;

let api: Client;

beforeEach(async () => {
	api = await simulated({ records: 0 });
});
afterEach(async () => await api.simulator.close());

async function token(form: Record<string, string>, authorization = basic) {
	const response = await fetch(`${api.simulator.url}/oauth2/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${Buffer.from(authorization).toString('base64')}` },
		body: new URLSearchParams(form),
	});
	return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function authorize(changes: Record<string, string> = {}) {
	const query = new URLSearchParams({
		client_id: OAUTH_APP.clientId,
		response_type: 'code',
		state: 'a state',
		redirect_uri: REDIRECT,
		...changes,
	});
	return await fetch(`${api.simulator.url}/oauth2/authorize?${query}`, { redirect: 'manual' });
}

const status = async (accessToken: string) =>
	(await api.get('/me', { authorization: `Bearer ${accessToken}` })).status;
const refresh = async (refreshToken: string) =>
	await token({ grant_type: 'refresh_token', refresh_token: refreshToken });

it('connects an app: page, code, tokens; a code works once and only for its address', async () => {
	expect((await authorize()).status).toBe(200);
	const allowed = await authorize({ allowed: 'true' });
	expect(allowed.status).toBe(302);
	const location = new URL(allowed.headers.get('location')!);
	expect(location.searchParams.get('state')).toBe('a state');
	const code = location.searchParams.get('code')!;
	const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
	const { body } = await token(form);
	expect(await status(body.access_token)).toBe(200);
	expect((await token(form)).body).toEqual({ error: 'invalid_grant' });
	expect(await status(body.refresh_token)).toBe(401);
});

it.each<Record<string, string>>([
	{ client_id: 'other' },
	{ response_type: 'token' },
	{ state: '' },
	{ scope: 'admin' },
	{ redirect_uri: 'https://evil.example/' },
])('refuses to authorize %j', async (changes) => {
	expect((await authorize({ allowed: 'true', ...changes })).status).toBe(400);
});

it('issues tokens only to the app', async () => {
	const { refresh_token: refreshToken } = api.simulator.oauth.connect();
	const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
	expect((await token(form, 'simulated-app:wrong')).status).toBe(401);
	expect((await token(form)).status).toBe(200);
});

it.each([
	['single-use', 'refuse', 400, 200],
	['single-use', 'revoke', 400, 401],
	['reusable', 'refuse', 200, 200],
] as const)('%s refresh tokens, %s', async (refreshTokens, refreshTokenReuse, again, access) => {
	Object.assign(api.simulator.settings, { refreshTokens, refreshTokenReuse });
	const { refresh_token: refreshToken } = api.simulator.oauth.connect();
	const first = await refresh(refreshToken);
	expect((await refresh(refreshToken)).status).toBe(again);
	expect(await status(first.body.access_token)).toBe(access);
	expect((await refresh(first.body.refresh_token)).status).toBe(access === 200 ? 200 : 400);
});

it('access tokens expire after their time, their calls, or on demand', async () => {
	const { oauth, settings } = api.simulator;
	settings.accessTokenCalls = 2;
	const { access_token: limited } = oauth.connect();
	expect([await status(limited), await status(limited), await status(limited)]).toEqual([
		200, 200, 401,
	]);
	settings.accessTokenCalls = undefined;
	const { access_token: timed } = oauth.connect();
	expect(await status(timed)).toBe(200);
	settings.clockOffsetMs = 3_600_000;
	expect(await status(timed)).toBe(401);
	const { access_token: current } = oauth.connect();
	oauth.expireAccessTokens();
	expect(await status(current)).toBe(401);
});
