import { randomBytes } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Exchange } from './delivery.mts';
import { deliver, errorBody } from './delivery.mts';
import type { Faults } from './faults.mts';
import { takesEffect } from './faults.mts';
import type { Settings } from './settings.mts';
import { clockOf } from './settings.mts';
import type { Timers } from './timers.mts';
import type { Json } from './types.mts';

/** The app that is registered in the account. */
export const OAUTH_APP = { clientId: 'simulated-app', clientSecret: 'secret-of-the-simulated-app' };

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//;

/** A response of the token endpoint. */
export interface TokenResponse {
	access_token: string;
	refresh_token: string;
	expires_in: number;
	token_type: string;
}

interface AccessToken {
	connection: number;
	expiresAt: number;
	callsLeft: number;
}

/** The connections of OAuth 2.0 apps with the account. */
export class OAuth {
	private connections = 0;

	private readonly codes = new Map<string, string>();

	private readonly accessTokens = new Map<string, AccessToken>();

	/** The connection of every refresh token so far; those that can still be used are in `usable`. */
	private readonly refreshTokens = new Map<string, number>();

	private readonly usable = new Set<string>();

	private readonly settings: Settings;

	constructor(settings: Settings) {
		this.settings = settings;
	}

	/** Whether a call with this access token is accepted. Counts the call. */
	accepts(token: string): boolean {
		const known = this.accessTokens.get(token);
		if (known === undefined || known.callsLeft <= 0) return false;
		if (known.expiresAt <= clockOf(this.settings).getTime()) return false;
		known.callsLeft -= 1;
		return true;
	}

	/** Ends the lifetime of all access tokens. */
	expireAccessTokens(): void {
		this.accessTokens.clear();
	}

	/** Ends all connections, as if the app were removed from the account. */
	revoke(): void {
		this.accessTokens.clear();
		this.usable.clear();
	}

	/** A new connection, as if a user had allowed it. */
	connect(): TokenResponse {
		this.connections += 1;
		return this.issue(this.connections);
	}

	/** An authorization code for a redirect address. */
	authorize(redirectUri: string): string {
		const code = randomBytes(12).toString('hex');
		this.codes.set(code, redirectUri);
		return code;
	}

	/** Tokens for an authorization code, which works once. */
	redeem(code: string, redirectUri: string): TokenResponse | undefined {
		const isValid = this.codes.get(code) === redirectUri;
		this.codes.delete(code);
		return isValid ? this.connect() : undefined;
	}

	/** Tokens for a refresh token. */
	refresh(refreshToken: string): TokenResponse | undefined {
		const { refreshTokens, refreshTokenReuse } = this.settings;
		const connection = this.refreshTokens.get(refreshToken);
		if (connection === undefined) return undefined;
		if (!this.usable.has(refreshToken)) {
			if (refreshTokenReuse === 'revoke') this.revokeConnection(connection);
			return undefined;
		}
		if (refreshTokens === 'reusable') {
			return { ...this.issue(connection), refresh_token: refreshToken };
		}
		this.usable.delete(refreshToken);
		return this.issue(connection);
	}

	private issue(connection: number): TokenResponse {
		const { accessTokenLifetimeMs, accessTokenCalls } = this.settings;
		const access = `samsara_oauth_${randomBytes(20).toString('hex')}`;
		const refresh = `samsara_refresh_${randomBytes(20).toString('hex')}`;
		this.accessTokens.set(access, {
			connection,
			expiresAt: clockOf(this.settings).getTime() + accessTokenLifetimeMs,
			callsLeft: accessTokenCalls ?? Infinity,
		});
		this.refreshTokens.set(refresh, connection);
		this.usable.add(refresh);
		return {
			access_token: access,
			refresh_token: refresh,
			expires_in: Math.floor(accessTokenLifetimeMs / 1000),
			token_type: 'bearer',
		};
	}

	private revokeConnection(connection: number): void {
		for (const [token, { connection: own }] of this.accessTokens)
			if (own === connection) this.accessTokens.delete(token);
		for (const [token, own] of this.refreshTokens)
			if (own === connection) this.usable.delete(token);
	}
}

interface Dependencies {
	oauth: OAuth;
	faults: Faults;
	timers: Timers;
	exchangeOf(request: FastifyRequest): Exchange;
}

/** Adds the page on which a user connects an app, and the token endpoint. */
export function addOAuthRoutes(app: FastifyInstance, dependencies: Dependencies): void {
	const { oauth, faults, timers, exchangeOf } = dependencies;

	app.get('/oauth2/authorize', (request, reply) => {
		const exchange = exchangeOf(request);
		const query = request.query as Record<string, string>;
		const problem = authorizationProblem(query);
		if (problem !== undefined) {
			return deliver(exchange, reply, timers, { status: 400, body: errorBody(problem) });
		}
		const { allowed, redirect_uri: redirectUri, state } = query;
		if (allowed !== 'true') return sendPage(exchange, reply, timers, request.url);
		const target = new URL(redirectUri);
		target.searchParams.set('code', oauth.authorize(redirectUri));
		target.searchParams.set('state', state);
		const headers = { location: target.href };
		return deliver(exchange, reply, timers, { status: 302, headers });
	});

	void app.register(async (scope) => {
		scope.addContentTypeParser(
			'application/x-www-form-urlencoded',
			{ parseAs: 'string' },
			(request, text, done) => {
				exchangeOf(request).record.rawBody = String(text);
				done(null, Object.fromEntries(new URLSearchParams(String(text))));
			},
		);
		scope.post('/oauth2/token', async (request, reply) => {
			const exchange = exchangeOf(request);
			const path = '/oauth2/token';
			const fault = faults.take({ method: 'POST', path, route: path, hasCursor: false });
			exchange.fault = fault;
			if (fault?.kind === 'delay') await timers.pause(fault.ms ?? 0);
			if (fault !== undefined && !takesEffect(fault, 'POST')) {
				return deliver(exchange, reply, timers, { status: 200 });
			}
			const form = (request.body ?? {}) as Record<string, string>;
			const response = token(oauth, request.headers.authorization, form);
			return deliver(exchange, reply, timers, response);
		});
	});
}

function authorizationProblem(query: Record<string, string>): string | undefined {
	if (query.client_id !== OAUTH_APP.clientId) return 'client_id: no such app';
	if (query.response_type !== 'code') return 'response_type: must be code';
	if (!query.state) return 'state: required';
	if (query.scope) return 'scope: the scopes are those of the app';
	return LOOPBACK.test(query.redirect_uri ?? '') ? undefined : 'redirect_uri: not registered';
}

function sendPage(exchange: Exchange, reply: FastifyReply, timers: Timers, url: string) {
	const href = `${url}&allowed=true`.replaceAll('&', '&amp;');
	const text = `<!doctype html><title>Samsara</title><h1>Install App</h1><a href="${href}">Allow</a>`;
	const headers = { 'content-type': 'text/html' };
	return deliver(exchange, reply, timers, { status: 200, text, headers });
}

function token(
	oauth: OAuth,
	authorization = '',
	form: Record<string, string>,
): { status: number; body: Json } {
	const { clientId, clientSecret } = OAUTH_APP;
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	if (authorization !== `Basic ${basic}`) {
		return { status: 401, body: { error: 'invalid_client' } };
	}
	const tokens =
		form.grant_type === 'authorization_code'
			? oauth.redeem(form.code ?? '', form.redirect_uri ?? '')
			: oauth.refresh(form.refresh_token ?? '');
	return tokens === undefined
		? { status: 400, body: { error: 'invalid_grant' } }
		: { status: 200, body: { ...tokens } };
}
