import { clock, abortableSleep, throwIfCancelled } from '../clock';
import { TOKEN_RATE_LIMIT, type Endpoint, type RateLimit } from '../endpoints';
import { RateLimiter } from './rateLimiter';

/** How long to wait after a 429 without `Retry-After`. */
const DEFAULT_RETRY_AFTER_SECONDS = 1;

/**
 * `documented` never exceeds the documented limits. `learn` slows down only after a 429, for organizations whose limits
 * were raised.
 */
export type RateLimitMode = 'documented' | 'learn';

/**
 * The rate limiters of one account (token and host), shared by every execution in this n8n process. Several processes
 * with the same token don't know of each other; the 429s that they get slow each of them down.
 */
class AccountRateLimiter {
	private readonly limiters = new Map<string, RateLimiter>();

	/**
	 * Waits until a call to the endpoint may start, and counts it.
	 *
	 * @param maxWait how many milliseconds the caller is willing to wait after a 429
	 * @returns 0, or how many milliseconds calls are still blocked if that is longer than `maxWait`; then the call must not
	 * be made
	 * @throws Cancelled
	 */
	async acquire(
		endpoint: Endpoint,
		mode: RateLimitMode,
		signal?: AbortSignal,
		maxWait = Infinity,
	): Promise<number> {
		throwIfCancelled(signal);
		const limiters = this.limitersFor(endpoint, mode);
		for (;;) {
			const blockedFor = Math.max(...limiters.map((limiter) => limiter.blockedFor()));
			if (blockedFor > maxWait) return blockedFor;
			const delay = Math.max(...limiters.map((limiter) => limiter.delay()));
			if (delay <= 0) break;
			await abortableSleep(delay, signal);
		}
		for (const limiter of limiters) limiter.recordStart();
		return 0;
	}

	/** Records the status of a response. `retryAfter` is in decimal seconds. */
	recordStatus(endpoint: Endpoint, mode: RateLimitMode, status: number, retryAfter?: number): void {
		const [limiter] = this.limitersFor(endpoint, mode);
		if (status === 429) limiter.recordRateLimited(retryAfter ?? DEFAULT_RETRY_AFTER_SECONDS);
		else limiter.recordAccepted();
	}

	/** Removes idle rate limiters. Returns true if none is left. */
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
 * The rate limiter of an account. Also removes idle accounts, so that a process that runs for months does not remember
 * tokens that are no longer used.
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
