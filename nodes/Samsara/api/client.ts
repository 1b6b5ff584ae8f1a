import { clock, abortableSleep, throwIfCancelled } from './clock';
import { endpointOf, type Endpoint } from './endpoints';
import { SamsaraApiError } from '../common/errors';
import type { HttpResponse, HttpRequest, HttpTransport } from './http';
import { connectionFailure, rateLimitFailure, statusFailure } from './errorMessages';
import { accountRateLimiter, type RateLimitMode } from './rateLimit/accountRateLimiter';
import { queryString, type Query } from './path';
import { parseResponse } from './responses';
import { isAmbiguous, RetryPolicy, type RetryLimits } from './retryPolicy';

export interface ClientOptions extends RetryLimits {
	rateLimitMode: RateLimitMode;
	/** How long one attempt may take, in milliseconds. */
	timeout: number;
}

export const CLIENT_DEFAULTS: ClientOptions = {
	rateLimitMode: 'documented',
	retries: 4,
	seconds: 900,
	timeout: 60_000,
};

/**
 * Finds what a create call may already have created. Returns `undefined` only if it certainly does not exist, and may
 * throw if that cannot be determined.
 *
 * @param sentAt when the first call that may have created it was sent, on our clock
 */
export type FindCreated<T> = (sentAt: number) => Promise<T | undefined>;

/**
 * Samsara's API for one run of a node. It respects the rate limits, retries calls that are safe to repeat, parses
 * responses, and explains failures. Every method throws SamsaraApiError, or Cancelled if the user stops the execution.
 */
export class SamsaraClient {
	/** True if the host is this machine, which happens only in tests. */
	readonly isLoopback: boolean;

	/** Identifies the account without revealing the token. */
	readonly account: string;

	/** Like `account`, but changes with the token. */
	readonly session: string;

	private readonly options: ClientOptions;

	/** Samsara's clock at its latest response, in milliseconds since 1970; undefined if no response had a Date header. */
	lastDate?: number;

	/** The same moment on our clock. */
	private lastDateAt = 0;

	/** Set after a 401: the token is invalid, so every further call would be refused as well. */
	private unauthorizedError?: SamsaraApiError;

	constructor(
		private readonly http: HttpTransport,
		options: Partial<ClientOptions> = {},
	) {
		this.options = { ...CLIENT_DEFAULTS, ...options };
		this.isLoopback = http.isLoopback;
		this.account = http.account;
		this.session = http.session;
	}

	/** Returns the JSON of the response. @throws SamsaraApiError */
	async get<T>(path: string, query: Query = {}): Promise<T> {
		return (await this.requestWithRetry('GET', path, query)) as T;
	}

	/** PATCH is safe to repeat, because it states the final value. @throws SamsaraApiError */
	async patch<T>(path: string, body: object, query: Query = {}): Promise<T> {
		return (await this.requestWithRetry('PATCH', path, query, body)) as T;
	}

	/** A 404 after an attempt that may have arrived means that the first attempt succeeded. */
	async delete(path: string, query: Query = {}, body?: object): Promise<void> {
		await this.requestWithRetry('DELETE', path, query, body);
	}

	/** POST that changes a state, such as archive, and is therefore safe to repeat. */
	async post(path: string, body: object): Promise<void> {
		await this.requestWithRetry('POST', path, {}, body);
	}

	/**
	 * POST that creates something. It is never repeated blindly: if an attempt may have succeeded, `find` checks first.
	 * Without `find`, or if `find` throws, the call fails and says that the outcome is unknown.
	 */
	async create<T>(path: string, body: object, find?: FindCreated<T>): Promise<T> {
		return (await this.requestWithRetry('POST', path, {}, body, find)) as T;
	}

	/**
	 * Converts a time on our clock to Samsara's clock; undefined if no response had a Date header. The result may be early
	 * by the fraction of a second that the header omits plus the duration of the response, but never late.
	 */
	timeAtSamsara(moment: number): number | undefined {
		return this.lastDate === undefined ? undefined : moment + this.lastDate - this.lastDateAt;
	}

	private async requestWithRetry(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		query: Query,
		body?: object,
		find?: FindCreated<unknown>,
	) {
		const endpoint = endpointOf(method, path);
		const target = `${path}${queryString(query)}`;
		let retryPolicy: RetryPolicy | undefined;
		let mayBeDeleted = false;
		let sentAt: number | undefined;
		for (;;) {
			const maxWait = retryPolicy?.remaining() ?? this.options.seconds * 1000;
			const request = { method, target, body, sentAt: 0 };
			const outcome = await this.attempt(endpoint, request, maxWait);
			if (!(outcome instanceof SamsaraApiError)) return outcome;
			if (mayBeDeleted && outcome.status === 404) return undefined;
			mayBeDeleted ||= method === 'DELETE' && isAmbiguous(outcome);
			const isAmbiguousFailure = endpoint.creates && isAmbiguous(outcome);
			if (isAmbiguousFailure && !find) throw ambiguousError(outcome);
			if (isAmbiguousFailure) sentAt ??= request.sentAt;
			// Starts now rather than before the first attempt, because waiting for the rate limit is not a failure.
			retryPolicy ??= new RetryPolicy(this.options);
			const delay = retryPolicy.nextDelay(endpoint, outcome);
			if (delay === undefined && !isAmbiguousFailure) throw outcome;
			await abortableSleep(delay ?? 0, this.http.signal);
			if (!isAmbiguousFailure) continue;
			const created = await this.findCreated(find!, outcome, sentAt ?? 0);
			if (created !== undefined) return created;
			if (delay === undefined) throw outcome;
		}
	}

	/** One attempt: the parsed body, or the failure. @throws Cancelled, or the earlier 401 of this run */
	private async attempt(
		endpoint: Endpoint,
		request: Omit<HttpRequest, 'timeout'> & { sentAt: number },
		maxWait: number,
	) {
		const { rateLimitMode, timeout, seconds } = this.options;
		const rateLimiter = accountRateLimiter(this.account);
		const blockedFor = await rateLimiter.acquire(
			endpoint,
			rateLimitMode,
			this.http.signal,
			maxWait,
		);
		if (blockedFor > 0) return rateLimitFailure(endpoint, blockedFor / 1000);
		if (this.unauthorizedError) throw this.unauthorizedError;
		request.sentAt = clock.now();
		let response: HttpResponse;
		try {
			response = await this.http.send({ ...request, timeout });
		} catch (error) {
			throwIfCancelled(this.http.signal);
			return connectionFailure(endpoint, error);
		}
		const date = Date.parse(String(response.headers?.date));
		if (!Number.isNaN(date)) {
			this.lastDate = date;
			this.lastDateAt = clock.now();
		}
		if (response.status >= 200 && response.status < 300) {
			rateLimiter.recordStatus(endpoint, rateLimitMode, response.status);
			return parseResponse(endpoint, response);
		}
		const failure = statusFailure(endpoint, response, this.http.isOAuth2);
		// Does not make other executions wait longer than this one would.
		const retryAfter = failure.retryAfter && Math.min(failure.retryAfter, seconds);
		rateLimiter.recordStatus(endpoint, rateLimitMode, response.status, retryAfter);
		if (response.status === 401) this.unauthorizedError = failure;
		return failure;
	}

	private async findCreated(
		find: FindCreated<unknown>,
		failure: SamsaraApiError,
		sentAt: number,
	): Promise<unknown> {
		try {
			return await find(sentAt);
		} catch {
			throwIfCancelled(this.http.signal);
			throw ambiguousError(failure);
		}
	}
}

function ambiguousError(failure: SamsaraApiError): SamsaraApiError {
	return failure.with({
		message: `Samsara may or may not have completed this request: ${failure.message}`,
		description: `Check in Samsara before you run this item again, so that nothing is created twice. ${failure.description}`,
	});
}
