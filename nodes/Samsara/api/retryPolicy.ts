import { clock } from './clock';
import type { Endpoint } from './endpoints';
import type { SamsaraApiError } from './samsaraApiError';

export interface RetryLimits {
	/** How often a call is repeated after the first try. 429s don't count: they are paced, and bounded by `seconds` alone. */
	retries: number;
	/** How long, in seconds, a call is repeated after it first failed; no single wait that Samsara asks for is longer. */
	seconds: number;
}

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;

/** Statuses that a later try may turn into success. */
const RETRYABLE_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** Statuses that leave it open whether the thing asked for was done. */
const AMBIGUOUS_STATUSES = new Set([408, 500, 502, 503, 504]);

/** True for a call that may have been carried out although it was not answered with success. */
export function isAmbiguous(failure: SamsaraApiError): boolean {
	return failure.reason === 'status'
		? AMBIGUOUS_STATUSES.has(failure.status)
		: failure.reason !== 'pages';
}

/** True where a later try may succeed. */
function isRetryable(failure: SamsaraApiError): boolean {
	return failure.reason === 'status'
		? RETRYABLE_STATUSES.has(failure.status)
		: failure.reason !== 'pages';
}

/**
 * Counts the tries of one call and says how long to wait before the next. Waits double from half a second to half a
 * minute, less up to a quarter at random, so that calls that failed together don't come back together.
 */
export class RetryPolicy {
	private readonly deadline: number;

	private retryCount = 0;

	constructor(private readonly limits: RetryLimits) {
		this.deadline = clock.monotonic() + limits.seconds * 1000;
	}

	/** Milliseconds until the call is given up. */
	left(): number {
		return this.deadline - clock.monotonic();
	}

	/** Milliseconds to wait before the next try, or undefined when the call is to be given up. */
	nextDelay(endpoint: Endpoint, failure: SamsaraApiError): number | undefined {
		if (!isRetryable(failure)) return undefined;
		const asked = (failure.retryAfter ?? 0) * 1000;
		// Paced calls wait for their turn anyhow.
		if (failure.status === 429) return asked <= this.left() ? 0 : undefined;
		if (this.retryCount >= this.limits.retries) return undefined;
		const backoff =
			Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** this.retryCount) * (1 - Math.random() / 4);
		const delay = Math.max(backoff, asked);
		if (delay >= this.left()) return undefined;
		this.retryCount++;
		return delay;
	}
}
