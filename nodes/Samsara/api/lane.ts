import { clock } from './clock';
import type { Tier } from './endpoints';

/** Windows are held a little longer than documented: the call's way to the API may be shorter than its forerunner's. */
const MARGIN = 1.02;

const SLOWEST_SHARE = 1 / 16;

/**
 * One rate tier of one account: at most `calls` in any `seconds`, and fewer once the API says 429, because other
 * programs share the limit. A refused call holds the whole lane for as long as the API asks.
 */
export class Lane {
	/** When the calls of the current window were let go, oldest first. */
	private starts: number[] = [];

	private heldUntil = -Infinity;

	/** Our share of the limit: 1 alone, less when others use it too. */
	private share = 1;

	private nextStart = -Infinity;

	constructor(private readonly tier: Tier | undefined) {}

	/** Milliseconds until a call may go; 0 means now. */
	wait(): number {
		const now = clock.monotonic();
		return Math.max(0, this.heldUntil - now, this.nextStart - now, this.windowWait(now));
	}

	/** Milliseconds that the API has asked to wait; 0 when it has not. */
	held(): number {
		return Math.max(0, this.heldUntil - clock.monotonic());
	}

	/** A call goes now. */
	start(): void {
		const now = clock.monotonic();
		if (this.tier) this.starts.push(now);
		if (this.share < 1) this.nextStart = now + this.spacing();
	}

	/** A call came back with something other than 429. */
	accepted(): void {
		this.share = Math.min(1, this.share * 1.02);
	}

	/**
	 * A call was refused with 429.
	 *
	 * @param seconds what `Retry-After` asks for, decimal
	 */
	refused(seconds: number): void {
		const now = clock.monotonic();
		if (now >= this.heldUntil) this.share = Math.max(SLOWEST_SHARE, this.share * 0.75);
		this.heldUntil = Math.max(this.heldUntil, now + seconds * 1000);
		this.nextStart = Math.max(this.nextStart, this.heldUntil);
	}

	/** True when forgetting the lane changes nothing: no call of the window and no hold is left. */
	idle(): boolean {
		const now = clock.monotonic();
		const window = (this.tier?.seconds ?? 0) * 1000 * MARGIN;
		return (
			now >= this.heldUntil &&
			now >= this.nextStart &&
			(this.starts.at(-1) ?? -Infinity) + window <= now
		);
	}

	private windowWait(now: number): number {
		if (!this.tier) return 0;
		const window = this.tier.seconds * 1000 * MARGIN;
		this.starts = this.starts.filter((start) => start + window > now);
		if (this.starts.length < this.tier.calls) return 0;
		return this.starts[this.starts.length - this.tier.calls] + window - now;
	}

	/** Milliseconds between calls while the limit is shared. */
	private spacing(): number {
		const { calls, seconds } = this.tier ?? { calls: 150, seconds: 1 };
		return (seconds * 1000) / (calls * this.share);
	}
}
