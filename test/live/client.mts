import { setTimeout as sleep } from 'node:timers/promises';

/** A response as it arrives. What it may contain is what this check is about. */
export type Json = any;

interface Options {
	/** An object, or names and values if names are repeated. */
	query?: Record<string, string | number | boolean> | string[][];
	body?: object;
}

const HOSTS: Record<string, string> = {
	us: 'https://api.samsara.com',
	eu: 'https://api.eu.samsara.com',
	ca: 'https://api.ca.samsara.com',
};
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const API_VERSION = '2025-06-11';
const READ_GAP_MS = 250;
const WRITE_GAP_MS = 700;
const MAX_TRIES = 5;
const TIMEOUT_MS = 60_000;

/**
 * The address for a region, or a custom address.
 * @throws Error if the token must not be sent there
 */
export function hostOf(region: string): string {
	const host = HOSTS[region] ?? String(region).replace(/\/+$/, '');
	if (/^https:\/\/[^\s/?#@]+$/.test(host) || LOOPBACK.test(host)) return host;
	throw new Error('SAMSARA_REGION must be us, eu, ca, or an address that starts with https://');
}

/** A status outside 2xx. Contains nothing of the account. */
export class StatusError extends Error {
	readonly status: number;

	constructor(method: string, template: string, status: number) {
		super(
			`${method} ${template} ${status === 0 ? 'got no response' : `returned status ${status}`}`,
		);
		this.status = status;
	}
}

/** Calls Samsara within its documented rate limits, one call at a time. Redirects are not followed. */
export class LiveClient {
	readonly host: string;

	readonly token: string;

	/** Whether the host is this machine, which happens only in tests. */
	readonly isLocal: boolean;

	#lastCall = 0;

	constructor({ host, token }: { host: string; token: string }) {
		this.host = host;
		this.token = token;
		this.isLocal = LOOPBACK.test(host);
	}

	/** Sends a call. Only reads are repeated, except after a 429, which changes nothing. */
	async send(method: string, path: string, { query = {}, body }: Options = {}) {
		const entries = Array.isArray(query) ? query : Object.entries(query);
		const pairs = entries.map(([name, value]): [string, string] => [name, String(value)]);
		const url = `${this.host}${path}?${new URLSearchParams(pairs)}`;
		for (let tries = 1; ; tries++) {
			await this.#pace(method);
			let response;
			try {
				response = await fetch(url.replace(/\?$/, ''), {
					method,
					redirect: 'manual',
					headers: {
						authorization: `Bearer ${this.token}`,
						'x-samsara-version': API_VERSION,
						...(body && { 'content-type': 'application/json' }),
					},
					body: body && JSON.stringify(body),
					signal: AbortSignal.timeout(TIMEOUT_MS),
				});
			} catch {
				if (method === 'GET' && tries < MAX_TRIES) continue;
				throw new StatusError(method, template(path), 0);
			}
			const text = await response.text();
			const { status } = response;
			if (status === 429 && tries < MAX_TRIES) {
				await sleep(1000 * (Number.parseFloat(response.headers.get('retry-after') ?? '') || 1));
				continue;
			}
			if (method === 'GET' && status >= 500 && tries < MAX_TRIES) continue;
			return { status, text, json: parse(text) };
		}
	}

	/** The JSON of a successful response. @throws StatusError */
	async call(method: string, path: string, options: Options = {}): Promise<Json> {
		const { status, json } = await this.send(method, path, options);
		if (status < 200 || status >= 300) throw new StatusError(method, template(path), status);
		return json ?? {};
	}

	/** All rows of a list, without repeated ones. @throws StatusError, or Error if the pages never end */
	async list(
		path: string,
		query: Record<string, string | number | boolean> = {},
		maxPages = 2000,
	): Promise<Json[]> {
		const rows = new Map<string, Json>();
		let after = '';
		for (let pages = 0; pages < maxPages; pages++) {
			const json = await this.call('GET', path, { query: { ...query, ...(after && { after }) } });
			for (const row of json.data ?? []) rows.set(String(row.id), row);
			const { hasNextPage, endCursor } = json.pagination ?? {};
			if (!hasNextPage || endCursor === after) return [...rows.values()];
			after = endCursor;
		}
		throw new Error(`The pages of ${path} did not end`);
	}

	async #pace(method: string): Promise<void> {
		const gap = this.isLocal ? 0 : method === 'GET' ? READ_GAP_MS : WRITE_GAP_MS;
		await sleep(Math.max(0, this.#lastCall + gap - Date.now()));
		this.#lastCall = Date.now();
	}
}

function parse(text: string): Json {
	try {
		// IDs of entities may be numbers that JavaScript cannot represent.
		return JSON.parse(text.replace(/("entityId"\s*:\s*)(\d+)/g, '$1"$2"'));
	} catch {
		return undefined;
	}
}

/** A path without IDs. */
function template(path: string): string {
	return path.replace(/\/[^/]*\d[^/]*/g, '/{id}');
}
