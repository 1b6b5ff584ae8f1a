import { clock } from '../clock';
import type { RateLimit } from '../endpoints';

/** Windows are held a little longer than documented: the call's way to the API may be shorter than its forerunner's. */
const MARGIN = 1.02;

const MIN_SHARE = 1 / 16;

/**
 * One rate tier of one account: at most `calls` in any `seconds`, and fewer once the API says 429, because other
 * programs share the limit. A refused call holds the whole lane for as long as the API asks.
 */
export class RateLimiter {
	/** When the calls of the current window were let go, oldest first. */
	private startTimes: number[] = [];

	private blockedUntil = -Infinity;

	/** Our share of the limit: 1 alone, less when others use it too. */
	private share = 1;

	private nextStartAt = -Infinity;

	constructor(private readonly rateLimit: RateLimit | undefined) {}

	/** Milliseconds until a call may go; 0 means now. */
	delay(): number {
		const now = clock.monotonic();
		return Math.max(0, this.blockedUntil - now, this.nextStartAt - now, this.windowDelay(now));
	}

	/** Milliseconds that the API has asked to wait; 0 when it has not. */
	held(): number {
		return Math.max(0, this.blockedUntil - clock.monotonic());
	}

	/** A call goes now. */
	recordStart(): void {
		const now = clock.monotonic();
		if (this.rateLimit) this.startTimes.push(now);
		if (this.share < 1) this.nextStartAt = now + this.spacing();
	}

	/** A call came back with something other than 429. */
	recordAccepted(): void {
		this.share = Math.min(1, this.share * 1.02);
	}

	/**
	 * A call was refused with 429.
	 *
	 * @param seconds what `Retry-After` asks for, decimal
	 */
	recordRateLimited(seconds: number): void {
		const now = clock.monotonic();
		if (now >= this.blockedUntil) this.share = Math.max(MIN_SHARE, this.share * 0.75);
		this.blockedUntil = Math.max(this.blockedUntil, now + seconds * 1000);
		this.nextStartAt = Math.max(this.nextStartAt, this.blockedUntil);
	}

	/** True when forgetting the lane changes nothing: no call of the window and no hold is left. */
	isIdle(): boolean {
		const now = clock.monotonic();
		const window = (this.rateLimit?.seconds ?? 0) * 1000 * MARGIN;
		return (
			now >= this.blockedUntil &&
			now >= this.nextStartAt &&
			(this.startTimes.at(-1) ?? -Infinity) + window <= now
		);
	}

	private windowDelay(now: number): number {
		if (!this.rateLimit) return 0;
		const window = this.rateLimit.seconds * 1000 * MARGIN;
		this.startTimes = this.startTimes.filter((start) => start + window > now);
		if (this.startTimes.length < this.rateLimit.calls) return 0;
		return this.startTimes[this.startTimes.length - this.rateLimit.calls] + window - now;
	}

	/** Milliseconds between calls while the limit is shared. */
	private spacing(): number {
		const { calls, seconds } = this.rateLimit ?? { calls: 150, seconds: 1 };
		return (seconds * 1000) / (calls * this.share);
	}
}
