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

const TOLERANCE_MS = 50;
const TOLERANCE_REAL_MS = 10;
const MAX_TOLERANCE = 0.25;

/**
 * A rate limiter with one sliding window per bucket, which counts only accepted requests. The vendor does not document how it
 * counts; this is the strictest interpretation of "5 requests a second". A request leaves the window 50 ms early, so that
 * timer jitter does not cause a 429 for a client that sends at exactly the limit. With a clock more than five times as fast,
 * this tolerance is 10 ms of real time. It never exceeds a quarter of the window. Retry-After does not include the tolerance.
 */
export class RateLimiter {
	private readonly accepted = new Map<string, number[]>();

	private readonly speed: () => number;

	private readonly clock: () => number;

	/** `speed` is the speed of the clock relative to real time; `clock` returns real milliseconds. */
	constructor(speed: () => number, clock: () => number = () => performance.now()) {
		this.speed = speed;
		this.clock = clock;
	}

	/**
	 * Counts a request in all its buckets, or in none if one of them is full.
	 * @returns the time to wait in real seconds, with a fraction as in the API's Retry-After, or undefined
	 */
	take(buckets: Array<{ key: string; rateLimit: RateLimit }>): number | undefined {
		const speed = this.speed();
		const now = this.clock() * speed;
		let wait = 0;
		for (const { key, rateLimit } of buckets) {
			const times = this.accepted.get(key) ?? [];
			this.accepted.set(key, times);
			const tolerance = Math.min(
				Math.max(TOLERANCE_MS, TOLERANCE_REAL_MS * speed),
				rateLimit.windowMs * MAX_TOLERANCE,
			);
			while (times.length > 0 && times[0] <= now - rateLimit.windowMs + tolerance) times.shift();
			if (times.length >= rateLimit.count)
				wait = Math.max(wait, times[0] + rateLimit.windowMs - now);
		}
		if (wait > 0) return wait / speed / 1000;
		for (const { key } of buckets) this.accepted.get(key)?.push(now);
		return undefined;
	}

	/** Clears all buckets. */
	clear(): void {
		this.accepted.clear();
	}
}
