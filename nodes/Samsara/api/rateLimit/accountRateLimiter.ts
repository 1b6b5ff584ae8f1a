import { clock, abortableSleep, throwIfCancelled } from '../clock';
import type { Endpoint, RateLimit } from '../endpoints';
import { RateLimiter } from './rateLimiter';

/** Samsara's documented limit of one token; the organization's is 200/s. */
const TOKEN_RATE_LIMIT: RateLimit = { calls: 150, seconds: 1 };

/** Where the API names no time, a refused lane rests this long. */
const DEFAULT_RETRY_AFTER_SECONDS = 1;

/**
 * `documented` never exceeds the limits that Samsara states; `learn` only slows down when the API says 429, for
 * organizations whose limits were raised.
 */
export type RateLimitMode = 'documented' | 'learn';

/**
 * The lanes of one account (token and host), shared by every execution in this n8n process.
 * Several processes with one token don't see each other: the 429s that they get teach each its pace.
 */
class AccountRateLimiter {
	private readonly limiters = new Map<string, RateLimiter>();

	/**
	 * Resolves when a call to the endpoint may go, and counts it as gone.
	 *
	 * @param maxHold milliseconds that the caller waits for a lane which the API has refused
	 * @returns 0, or for how long such a lane is held beyond that: the call may not go then
	 * @throws Cancelled
	 */
	async acquire(
		endpoint: Endpoint,
		mode: RateLimitMode,
		signal?: AbortSignal,
		maxHold = Infinity,
	): Promise<number> {
		throwIfCancelled(signal);
		const limiters = this.limitersFor(endpoint, mode);
		for (;;) {
			const held = Math.max(...limiters.map((limiter) => limiter.held()));
			if (held > maxHold) return held;
			const delay = Math.max(...limiters.map((limiter) => limiter.delay()));
			if (delay <= 0) break;
			await abortableSleep(delay, signal);
		}
		for (const limiter of limiters) limiter.recordStart();
		return 0;
	}

	/** Tells the endpoint's lane how a call was received. `retryAfter` in decimal seconds. */
	recordStatus(endpoint: Endpoint, mode: RateLimitMode, status: number, retryAfter?: number): void {
		const [limiter] = this.limitersFor(endpoint, mode);
		if (status === 429) limiter.recordRateLimited(retryAfter ?? DEFAULT_RETRY_AFTER_SECONDS);
		else limiter.recordAccepted();
	}

	/** Forgets lanes that have nothing to remember. Returns whether none is left. */
	removeIdle(): boolean {
		for (const [name, limiter] of this.limiters) if (limiter.isIdle()) this.limiters.delete(name);
		return this.limiters.size === 0;
	}

	private limitersFor(endpoint: Endpoint, mode: RateLimitMode): RateLimiter[] {
		const documented = mode === 'documented';
		return [
			this.limiter(`${mode} ${endpoint.name}`, documented ? endpoint.rateLimit : undefined),
			this.limiter(`${mode} token`, documented ? TOKEN_RATE_LIMIT : undefined),
		];
	}

	private limiter(name: string, rateLimit: RateLimit | undefined): RateLimiter {
		const existing = this.limiters.get(name) ?? new RateLimiter(rateLimit);
		this.limiters.set(name, existing);
		return existing;
	}
}

const SWEEP_INTERVAL_MS = 10_000;

const rateLimiters = new Map<string, AccountRateLimiter>();
let lastSweepAt = -Infinity;

/**
 * The pacer of an account. Accounts that have fallen idle are forgotten here, so that a process that runs for months
 * keeps nothing of tokens that are no longer used.
 *
 * @param account hash of token and host, never the token
 */
export function accountRateLimiter(account: string): AccountRateLimiter {
	if (Math.abs(clock.monotonic() - lastSweepAt) > SWEEP_INTERVAL_MS) {
		lastSweepAt = clock.monotonic();
		for (const [key, rateLimiter] of rateLimiters)
			if (key !== account && rateLimiter.removeIdle()) rateLimiters.delete(key);
	}
	const existing = rateLimiters.get(account) ?? new AccountRateLimiter();
	rateLimiters.set(account, existing);
	return existing;
}

export type { AccountRateLimiter };
