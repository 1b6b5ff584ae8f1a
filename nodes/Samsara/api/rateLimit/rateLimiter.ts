import { clock } from '../clock';
import { TOKEN_RATE_LIMIT, type RateLimit } from '../endpoints';

/** Windows are a little longer than documented, because a call may reach Samsara faster than the one before it. */
const MARGIN = 1.02;

const MIN_SHARE = 1 / 16;

/** What is left of the share after a 429. */
const SHARE_AFTER_429 = 0.8;

/** How much the share grows per recovery period. Additive increase and multiplicative decrease lead to equal shares. */
const SHARE_GROWTH = 0.2;

const MIN_RECOVERY_MS = 10_000;

/**
 * One rate limit of one account: at most `calls` within any `seconds`, and fewer after a 429, because other programs share
 * the limit. A 429 blocks all calls for as long as Samsara asks.
 */
export class RateLimiter {
	/** When the calls of the current window started, oldest first. */
	private startTimes: number[] = [];

	private blockedUntil = -Infinity;

	/** Our share of the limit: 1, or less if other programs use it too. */
	private share = 1;

	private nextStartAt = -Infinity;

	/** When the share last shrank. It does so once per window, because calls in progress do not know of it yet. */
	private shrunkAt = -Infinity;

	private grownAt = -Infinity;

	constructor(private readonly rateLimit: RateLimit | undefined) {}

	/** Milliseconds until the next call may start; 0 means now. */
	delay(): number {
		const now = clock.monotonic();
		return Math.max(0, this.blockedUntil - now, this.nextStartAt - now, this.windowDelay(now));
	}

	/** Milliseconds until calls are no longer blocked by a 429; 0 if they are not. */
	blockedFor(): number {
		return Math.max(0, this.blockedUntil - clock.monotonic());
	}

	/** Records that a call starts now. */
	recordStart(): void {
		const now = clock.monotonic();
		if (this.rateLimit) this.startTimes.push(now);
		if (this.share < 1) this.nextStartAt = now + this.spacing();
	}

	/** Records a status other than 429. */
	recordAccepted(): void {
		const now = clock.monotonic();
		const period = Math.max(this.windowMs(), MIN_RECOVERY_MS);
		const elapsed = Math.min(now - this.grownAt, period);
		this.grownAt = now;
		this.share = Math.min(1, this.share + (SHARE_GROWTH * elapsed) / period);
	}

	/**
	 * Records a 429.
	 *
	 * @param seconds decimal, from `Retry-After`
	 */
	recordRateLimited(seconds: number): void {
		const now = clock.monotonic();
		if (now >= this.blockedUntil && now - this.shrunkAt >= this.windowMs()) {
			this.share = Math.max(MIN_SHARE, this.share * SHARE_AFTER_429);
			this.shrunkAt = now;
			this.grownAt = now;
		}
		this.blockedUntil = Math.max(this.blockedUntil, now + seconds * 1000);
		this.nextStartAt = Math.max(this.nextStartAt, this.blockedUntil);
	}

	/** True if there is nothing to remember: no calls in the current window, and nothing is blocked. */
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
		const { calls } = this.rateLimit ?? TOKEN_RATE_LIMIT;
		return this.windowMs() / (calls * this.share);
	}

	private windowMs(): number {
		return (this.rateLimit ?? TOKEN_RATE_LIMIT).seconds * 1000;
	}
}
