import { clock, pause, throwIfCancelled } from './clock';
import { endpointOf, type Endpoint } from './endpoints';
import { SamsaraFailure } from './failure';
import type { Answer, Call, Http } from './http';
import { connectionFailure, rateLimitFailure, statusFailure } from './messages';
import { pacerOf, type Pace } from './pacing';
import { queryString, type Query } from './path';
import { parseResponse } from './responses';
import { leavesOpen, Patience, type RetryLimits } from './retries';

export interface ClientOptions extends RetryLimits {
	pace: Pace;
	/** Milliseconds that one try may take. */
	timeout: number;
}

const DEFAULTS: ClientOptions = { pace: 'documented', retries: 4, seconds: 900, timeout: 60_000 };

/**
 * Finds what a create call may already have made. Answers `undefined` when it is certainly not there.
 * May throw when that cannot be told.
 *
 * @param sent when the first call was sent that may have made it, on our clock
 */
export type Finder<T> = (sent: number) => Promise<T | undefined>;

/**
 * Samsara's API for one run of a node: paced, repeated where that is harmless, answers parsed, failures in words.
 * Every method throws SamsaraFailure, or Cancelled when the person stops the execution.
 */
export class SamsaraClient {
	/** True for a Samsara on this machine, which only tests have. */
	readonly isLoopback: boolean;

	private readonly options: ClientOptions;

	private readonly remembered = new Map<string, Promise<unknown>>();

	/** Samsara's clock at its latest response, milliseconds since 1970; undefined if no response said it. */
	lastDate?: number;

	/** The same moment on our clock. */
	private lastDateAt = 0;

	/** Set once the API has said 401: the token is gone, and every further call would only be refused. */
	private tokenRefused?: SamsaraFailure;

	constructor(
		private readonly http: Http,
		options: Partial<ClientOptions> = {},
	) {
		this.options = { ...DEFAULTS, ...options };
		this.isLoopback = http.isLoopback;
	}

	/** The answer's JSON. @throws SamsaraFailure */
	async get<T>(path: string, query: Query = {}): Promise<T> {
		return (await this.call('GET', path, query)) as T;
	}

	/** PATCH, which is harmless when repeated: it says what is to be. @throws SamsaraFailure */
	async patch<T>(path: string, body: object): Promise<T> {
		return (await this.call('PATCH', path, {}, body)) as T;
	}

	/** A delete that may have arrived, is repeated and then answers 404, has succeeded the first time. */
	async delete(path: string, query: Query = {}, body?: object): Promise<void> {
		await this.call('DELETE', path, query, body);
	}

	/** POST of a change of state, such as archive, which is harmless when repeated. */
	async post(path: string, body: object): Promise<void> {
		await this.call('POST', path, {}, body);
	}

	/**
	 * POST that makes a thing. It is never blindly repeated: when it stays open whether the thing was made, `find` looks
	 * first. Without `find`, or when that cannot tell, it fails and says so.
	 */
	async create<T>(path: string, body: object, find?: Finder<T>): Promise<T> {
		return (await this.call('POST', path, {}, body, find)) as T;
	}

	/**
	 * A moment of our clock on Samsara's; undefined if no response said its time. It may be early by the second that the
	 * Date header leaves out and the time that the response took, but never late.
	 */
	timeAtSamsara(moment: number): number | undefined {
		return this.lastDate === undefined ? undefined : moment + this.lastDate - this.lastDateAt;
	}

	/** What `load` gives, loaded once in this run however often it is asked for. A load that fails is tried anew. */
	async once<T>(key: string, load: () => Promise<T>): Promise<T> {
		const known = this.remembered.get(key) as Promise<T> | undefined;
		if (known) return await known;
		const loading = load();
		this.remembered.set(key, loading);
		loading.catch(() => this.remembered.delete(key));
		return await loading;
	}

	private async call(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		query: Query,
		body?: object,
		find?: Finder<unknown>,
	) {
		const endpoint = endpointOf(method, path);
		const target = `${path}${queryString(query)}`;
		let patience: Patience | undefined;
		let mayBeDeleted = false;
		let sent: number | undefined;
		for (;;) {
			const maxHold = patience?.left() ?? this.options.seconds * 1000;
			const request = { method, target, body, sentAt: 0 };
			const outcome = await this.attempt(endpoint, request, maxHold);
			if (!(outcome instanceof SamsaraFailure)) return outcome;
			if (mayBeDeleted && outcome.status === 404) return undefined;
			mayBeDeleted ||= method === 'DELETE' && leavesOpen(outcome);
			const open = endpoint.creates && leavesOpen(outcome);
			if (open && !find) throw uncertain(outcome);
			if (open) sent ??= request.sentAt;
			// Begun here, because waiting for a first turn among many items is no sign of trouble.
			patience ??= new Patience(this.options);
			const wait = patience.next(endpoint, outcome);
			if (wait === undefined && !open) throw outcome;
			await pause(wait ?? 0, this.http.signal);
			if (!open) continue;
			const made = await this.look(find!, outcome, sent ?? 0);
			if (made !== undefined) return made;
			if (wait === undefined) throw outcome;
		}
	}

	/** One try: the parsed body, or the failure. @throws Cancelled, and the 401 that this run has already met */
	private async attempt(
		endpoint: Endpoint,
		call: Omit<Call, 'timeout'> & { sentAt: number },
		maxHold: number,
	) {
		const { pace, timeout, seconds } = this.options;
		const pacer = pacerOf(this.http.account);
		const held = await pacer.turn(endpoint, pace, this.http.signal, maxHold);
		if (held > 0) return rateLimitFailure(endpoint, held / 1000);
		if (this.tokenRefused) throw this.tokenRefused;
		call.sentAt = clock.now();
		let answer: Answer;
		try {
			answer = await this.http.send({ ...call, timeout });
		} catch (error) {
			throwIfCancelled(this.http.signal);
			return connectionFailure(endpoint, error);
		}
		const date = Date.parse(String(answer.headers?.date));
		if (!Number.isNaN(date)) {
			this.lastDate = date;
			this.lastDateAt = clock.now();
		}
		if (answer.status >= 200 && answer.status < 300) {
			pacer.report(endpoint, pace, answer.status);
			return parseResponse(endpoint, answer);
		}
		const failure = statusFailure(endpoint, answer);
		// Other executions wait no longer than this one would.
		const hold = failure.retryAfter && Math.min(failure.retryAfter, seconds);
		pacer.report(endpoint, pace, answer.status, hold);
		if (answer.status === 401) this.tokenRefused = failure;
		return failure;
	}

	private async look(
		find: Finder<unknown>,
		open: SamsaraFailure,
		sent: number,
	): Promise<unknown> {
		try {
			return await find(sent);
		} catch {
			throwIfCancelled(this.http.signal);
			throw uncertain(open);
		}
	}
}

function uncertain(failure: SamsaraFailure): SamsaraFailure {
	return new SamsaraFailure({
		...failure,
		message: `It is not known whether Samsara did what was asked: ${failure.message}`,
		advice: `Look in Samsara before you run this item again, so that nothing is made twice. ${failure.advice}`,
	});
}
