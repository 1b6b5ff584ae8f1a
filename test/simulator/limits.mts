/** At most `count` requests in any `windowMs` milliseconds. */
export interface RateLimit {
	count: number;
	windowMs: number;
}

export const PER_TOKEN: RateLimit = { count: 150, windowMs: 1000 };
export const PER_ORGANIZATION: RateLimit = { count: 200, windowMs: 1000 };
export const FIVE_A_SECOND: RateLimit = { count: 5, windowMs: 1000 };
export const TWENTY_FIVE_A_SECOND: RateLimit = { count: 25, windowMs: 1000 };
export const HUNDRED_A_MINUTE: RateLimit = { count: 100, windowMs: 60_000 };

const TOLERATED_MS = 50;
const TOLERATED_REAL_MS = 10;
const MAX_TOLERATED = 0.25;

/**
 * The rate limiter: a sliding window a bucket, over accepted requests only (what is refused does
 * not count). How the vendor counts is not published; this is the strictest reading of "5 requests
 * a second". So that a client that keeps exactly to the pace is not refused because of the jitter
 * of its timers, a request counts as gone 50 ms early (10 ms of real time where the clock is more
 * than five times as fast; never more than a quarter of the window). The wait that is answered is
 * the full one.
 */
export class RateLimiter {
	private readonly accepted = new Map<string, number[]>();

	private readonly speed: () => number;

	private readonly clock: () => number;

	/** `speed`: how many times faster than real time windows pass; `clock`: real milliseconds. */
	constructor(speed: () => number, clock: () => number = () => performance.now()) {
		this.speed = speed;
		this.clock = clock;
	}

	/**
	 * Counts a request against all its buckets, or against none when one of them is full.
	 * @returns the real seconds to wait (with a fraction, as the API's Retry-After), or undefined
	 */
	take(buckets: Array<{ key: string; tier: RateLimit }>): number | undefined {
		const speed = this.speed();
		const now = this.clock() * speed;
		let wait = 0;
		for (const { key, tier: rateLimit } of buckets) {
			const times = this.accepted.get(key) ?? [];
			this.accepted.set(key, times);
			const tolerance = Math.min(
				Math.max(TOLERATED_MS, TOLERATED_REAL_MS * speed),
				rateLimit.windowMs * MAX_TOLERATED,
			);
			while (times.length > 0 && times[0] <= now - rateLimit.windowMs + tolerance) times.shift();
			if (times.length >= rateLimit.count)
				wait = Math.max(wait, times[0] + rateLimit.windowMs - now);
		}
		if (wait > 0) return wait / speed / 1000;
		for (const { key } of buckets) this.accepted.get(key)?.push(now);
		return undefined;
	}

	/** Forgets all requests. */
	clear(): void {
		this.accepted.clear();
	}
}
