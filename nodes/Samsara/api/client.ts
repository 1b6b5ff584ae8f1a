import { clock, abortableSleep, throwIfCancelled } from './clock';
import { endpointOf, type Endpoint } from './endpoints';
import { SamsaraApiError } from './samsaraApiError';
import type { HttpResponse, HttpRequest, HttpTransport } from './http';
import { connectionFailure, rateLimitFailure, statusFailure } from './errorMessages';
import { accountRateLimiter, type RateLimitMode } from './rateLimit/accountRateLimiter';
import { queryString, type Query } from './path';
import { parseResponse } from './responses';
import { isAmbiguous, RetryPolicy, type RetryLimits } from './retryPolicy';

export interface ClientOptions extends RetryLimits {
	rateLimitMode: RateLimitMode;
	/** Milliseconds that one try may take. */
	timeout: number;
}

const DEFAULTS: ClientOptions = {
	rateLimitMode: 'documented',
	retries: 4,
	seconds: 900,
	timeout: 60_000,
};

/**
 * Finds what a create call may already have made. Answers `undefined` when it is certainly not there.
 * May throw when that cannot be told.
 *
 * @param sent when the first call was sent that may have made it, on our clock
 */
export type FindCreated<T> = (sent: number) => Promise<T | undefined>;

/**
 * Samsara's API for one run of a node: paced, repeated where that is harmless, answers parsed, failures in words.
 * Every method throws SamsaraApiError, or Cancelled when the person stops the execution.
 */
export class SamsaraClient {
	/** True for a Samsara on this machine, which only tests have. */
	readonly isLoopback: boolean;

	private readonly options: ClientOptions;

	/** Samsara's clock at its latest response, milliseconds since 1970; undefined if no response said it. */
	lastDate?: number;

	/** The same moment on our clock. */
	private lastDateAt = 0;

	/** Set once the API has said 401: the token is gone, and every further call would only be refused. */
	private unauthorizedError?: SamsaraApiError;

	constructor(
		private readonly http: HttpTransport,
		options: Partial<ClientOptions> = {},
	) {
		this.options = { ...DEFAULTS, ...options };
		this.isLoopback = http.isLoopback;
	}

	/** The answer's JSON. @throws SamsaraApiError */
	async get<T>(path: string, query: Query = {}): Promise<T> {
		return (await this.requestWithRetry('GET', path, query)) as T;
	}

	/** PATCH, which is harmless when repeated: it says what is to be. @throws SamsaraApiError */
	async patch<T>(path: string, body: object): Promise<T> {
		return (await this.requestWithRetry('PATCH', path, {}, body)) as T;
	}

	/** A delete that may have arrived, is repeated and then answers 404, has succeeded the first time. */
	async delete(path: string, query: Query = {}, body?: object): Promise<void> {
		await this.requestWithRetry('DELETE', path, query, body);
	}

	/** POST of a change of state, such as archive, which is harmless when repeated. */
	async post(path: string, body: object): Promise<void> {
		await this.requestWithRetry('POST', path, {}, body);
	}

	/**
	 * POST that makes a thing. It is never blindly repeated: when it stays open whether the thing was made, `find` looks
	 * first. Without `find`, or when that cannot tell, it fails and says so.
	 */
	async create<T>(path: string, body: object, find?: FindCreated<T>): Promise<T> {
		return (await this.requestWithRetry('POST', path, {}, body, find)) as T;
	}

	/**
	 * A moment of our clock on Samsara's; undefined if no response said its time. It may be early by the second that the
	 * Date header leaves out and the time that the response took, but never late.
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
		let sent: number | undefined;
		for (;;) {
			const maxHold = retryPolicy?.left() ?? this.options.seconds * 1000;
			const request = { method, target, body, sentAt: 0 };
			const outcome = await this.attempt(endpoint, request, maxHold);
			if (!(outcome instanceof SamsaraApiError)) return outcome;
			if (mayBeDeleted && outcome.status === 404) return undefined;
			mayBeDeleted ||= method === 'DELETE' && isAmbiguous(outcome);
			const isAmbiguousFailure = endpoint.creates && isAmbiguous(outcome);
			if (isAmbiguousFailure && !find) throw ambiguousError(outcome);
			if (isAmbiguousFailure) sent ??= request.sentAt;
			// Begun here, because waiting for a first turn among many items is no sign of trouble.
			retryPolicy ??= new RetryPolicy(this.options);
			const delay = retryPolicy.nextDelay(endpoint, outcome);
			if (delay === undefined && !isAmbiguousFailure) throw outcome;
			await abortableSleep(delay ?? 0, this.http.signal);
			if (!isAmbiguousFailure) continue;
			const created = await this.findCreated(find!, outcome, sent ?? 0);
			if (created !== undefined) return created;
			if (delay === undefined) throw outcome;
		}
	}

	/** One try: the parsed body, or the failure. @throws Cancelled, and the 401 that this run has already met */
	private async attempt(
		endpoint: Endpoint,
		request: Omit<HttpRequest, 'timeout'> & { sentAt: number },
		maxHold: number,
	) {
		const { rateLimitMode, timeout, seconds } = this.options;
		const rateLimiter = accountRateLimiter(this.http.account);
		const held = await rateLimiter.acquire(endpoint, rateLimitMode, this.http.signal, maxHold);
		if (held > 0) return rateLimitFailure(endpoint, held / 1000);
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
		const failure = statusFailure(endpoint, response);
		// Other executions wait no longer than this one would.
		const hold = failure.retryAfter && Math.min(failure.retryAfter, seconds);
		rateLimiter.recordStatus(endpoint, rateLimitMode, response.status, hold);
		if (response.status === 401) this.unauthorizedError = failure;
		return failure;
	}

	private async findCreated(
		find: FindCreated<unknown>,
		failure: SamsaraApiError,
		sent: number,
	): Promise<unknown> {
		try {
			return await find(sent);
		} catch {
			throwIfCancelled(this.http.signal);
			throw ambiguousError(failure);
		}
	}
}

function ambiguousError(failure: SamsaraApiError): SamsaraApiError {
	return new SamsaraApiError({
		...failure,
		message: `It is not known whether Samsara did what was asked: ${failure.message}`,
		description: `Look in Samsara before you run this item again, so that nothing is made twice. ${failure.description}`,
	});
}
