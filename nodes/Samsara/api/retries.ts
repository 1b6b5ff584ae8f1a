import { clock } from './clock';
import type { Endpoint } from './endpoints';
import type { SamsaraFailure } from './failure';

export interface RetryLimits {
	/** How often a call is repeated after the first try. 429s don't count: they are paced, and bounded by `seconds` alone. */
	retries: number;
	/** How long, in seconds, a call is repeated after it first failed; no single wait that Samsara asks for is longer. */
	seconds: number;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Statuses that a later try may turn into success. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** Statuses that leave it open whether the thing asked for was done. */
const OPEN = new Set([408, 500, 502, 503, 504]);

/** True for a call that may have been carried out although it was not answered with success. */
export function leavesOpen(failure: SamsaraFailure): boolean {
	return failure.kind === 'status' ? OPEN.has(failure.status) : failure.kind !== 'pages';
}

/** True where a later try may succeed. */
function mayPass(failure: SamsaraFailure): boolean {
	return failure.kind === 'status' ? PASSING.has(failure.status) : failure.kind !== 'pages';
}

/**
 * Counts the tries of one call and says how long to wait before the next. Waits double from half a second to half a
 * minute, less up to a quarter at random, so that calls that failed together don't come back together.
 */
export class Patience {
	private readonly end: number;

	private repeated = 0;

	constructor(private readonly limits: RetryLimits) {
		this.end = clock.monotonic() + limits.seconds * 1000;
	}

	/** Milliseconds until the call is given up. */
	left(): number {
		return this.end - clock.monotonic();
	}

	/** Milliseconds to wait before the next try, or undefined when the call is to be given up. */
	next(endpoint: Endpoint, failure: SamsaraFailure): number | undefined {
		if (!mayPass(failure)) return undefined;
		const asked = (failure.retryAfter ?? 0) * 1000;
		// Paced calls wait for their turn anyhow.
		if (failure.status === 429) return asked <= this.left() ? 0 : undefined;
		if (this.repeated >= this.limits.retries) return undefined;
		const backoff =
			Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.repeated) * (1 - Math.random() / 4);
		const wait = Math.max(backoff, asked);
		if (wait >= this.left()) return undefined;
		this.repeated++;
		return wait;
	}
}
