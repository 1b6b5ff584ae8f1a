import { clock } from '../clock';
import { TOKEN_RATE_LIMIT, type RateLimit } from '../endpoints';

/** Windows are a little longer than documented, because a call may reach Samsara faster than the one before it. */
const MARGIN = 1.02;

const MIN_SHARE = 1 / 16;

/** The least that is left of the share after a 429. */
const MIN_KEPT_AFTER_429 = 0.5;

/** What we got before a 429 becomes our share, minus a little, so that processes that have less get more. */
const KEPT_AFTER_429 = 0.9;

/** While the limit is shared, calls start this far apart: fewer are in progress, and refused, when the limit is reached. */
const MIN_SPACING_MS = 60;

const MAX_SPACING_MS = 1_250;

const SPACING_AFTER_429 = 2;

const SPACING_AFTER_ACCEPTED = 0.93;

/** Calls within the share are at most this many times as far apart as the whole limit allows. */
const MAX_SPACING_WITHIN_SHARE = 2;

/** Calls beyond the share are farther apart than those within it. */
const SPACING_BEYOND_SHARE = 4;

/** For how much of a window after a 429 the other programs have time to use their shares again, before we exceed ours. */
const GRACE = 0.05;

/**
 * One rate limit of one account: at most `calls` within any `seconds`, and fewer after a 429, because other programs share
 * the limit. A 429 blocks all calls for as long as Samsara asks. What was accepted until then becomes our share, which we
 * use in every window as soon as our earlier calls have left it. Beyond the share, calls start one by one; those that are
 * accepted enlarge it.
 */
export class RateLimiter {
	/** When the calls of the current window started, oldest first. */
	private startTimes: number[] = [];

	/** The same without calls that got a 429. Goes back further if the share allows less than a call per window. */
	private countedTimes: number[] = [];

	/** When the calls of the current window were accepted. */
	private acceptedTimes: number[] = [];

	private blockedUntil = -Infinity;

	/** Our share of the limit: 1, or less if other programs use it too. */
	private share = 1;

	/** When the share last shrank. It does so once per window, because calls in progress do not know of it yet. */
	private shrunkAt = -Infinity;

	/** Milliseconds between calls while the limit is shared. */
	private spacing = 0;

	constructor(private readonly rateLimit: RateLimit | undefined) {}

	/** Milliseconds until the next call may start; 0 means now. */
	delay(): number {
		const now = clock.monotonic();
		this.forget(now);
		const limitDelay = this.rateLimit ? this.windowDelay(this.startTimes, this.calls, now) : 0;
		return Math.max(0, this.blockedUntil - now, limitDelay, this.shareDelay(now));
	}

	/** Milliseconds until calls are no longer blocked by a 429; 0 if they are not. */
	blockedFor(): number {
		return Math.max(0, this.blockedUntil - clock.monotonic());
	}

	/** Records that a call starts now. */
	recordStart(): void {
		const now = clock.monotonic();
		this.startTimes.push(now);
		this.countedTimes.push(now);
	}

	/** Records a status other than 429. */
	recordAccepted(): void {
		const now = clock.monotonic();
		this.acceptedTimes.push(now);
		if (this.share === 1) return;
		this.forget(now);
		this.spacing = Math.max(this.minSpacing(), this.spacing * SPACING_AFTER_ACCEPTED);
		const accepted = this.acceptedTimes.length;
		const isWhole = accepted >= this.calls / MARGIN - 1;
		this.share = isWhole ? 1 : Math.max(this.share, accepted / this.calls);
	}

	/**
	 * Records a 429.
	 *
	 * @param seconds decimal, from `Retry-After`
	 */
	recordRateLimited(seconds: number): void {
		const now = clock.monotonic();
		this.forget(now);
		this.countedTimes.pop();
		if (now >= this.blockedUntil) {
			const spacing = Math.max(this.spacing, this.minSpacing()) * SPACING_AFTER_429;
			this.spacing = Math.min(MAX_SPACING_MS, spacing);
			if (now - this.shrunkAt >= this.windowMs) this.shrink(now);
		}
		this.blockedUntil = Math.max(this.blockedUntil, now + seconds * 1000);
	}

	/** True if there is nothing to remember: no calls in the current window, and nothing is blocked. */
	isIdle(): boolean {
		const now = clock.monotonic();
		this.forget(now);
		return now >= this.blockedUntil && this.startTimes.length === 0;
	}

	private get calls(): number {
		return (this.rateLimit ?? TOKEN_RATE_LIMIT).calls;
	}

	private get windowMs(): number {
		return (this.rateLimit ?? TOKEN_RATE_LIMIT).seconds * 1000;
	}

	private minSpacing(): number {
		return Math.min(MIN_SPACING_MS, this.windowMs / this.calls);
	}

	private shrink(now: number): void {
		const accepted = Math.min(this.share, this.acceptedTimes.length / this.calls);
		this.share = Math.max(MIN_SHARE, this.share * MIN_KEPT_AFTER_429, accepted * KEPT_AFTER_429);
		this.shrunkAt = now;
	}

	private forget(now: number): void {
		const within = (windows: number) => (time: number) =>
			time + windows * this.windowMs * MARGIN > now;
		this.startTimes = this.startTimes.filter(within(1));
		this.acceptedTimes = this.acceptedTimes.filter(within(1));
		this.countedTimes = this.countedTimes.filter(within(this.windowsOfShare()));
	}

	/** How many windows a whole number of calls of our share takes: 1.2 for 3 calls, if the share is 2.5 calls. */
	private windowsOfShare(): number {
		const calls = this.calls * this.share;
		return Math.ceil(calls) / calls;
	}

	/** Milliseconds until fewer than `calls` of the calls that started are within a window. */
	private windowDelay(times: number[], calls: number, now: number, windows = 1): number {
		if (times.length < calls) return 0;
		return times[times.length - calls] + windows * this.windowMs * MARGIN - now;
	}

	private shareDelay(now: number): number {
		if (this.share === 1) return 0;
		const last = this.startTimes.at(-1) ?? -Infinity;
		const maxSpacing = (MAX_SPACING_WITHIN_SHARE * this.windowMs) / this.calls;
		const calls = Math.ceil(this.calls * this.share);
		const within = this.windowDelay(this.countedTimes, calls, now, this.windowsOfShare());
		const beyond = Math.max(
			last + this.spacing * SPACING_BEYOND_SHARE,
			this.blockedUntil + this.windowMs * GRACE,
		);
		const spaced = last + Math.min(this.spacing, maxSpacing);
		return Math.max(spaced - now, Math.min(within, beyond - now));
	}
}
