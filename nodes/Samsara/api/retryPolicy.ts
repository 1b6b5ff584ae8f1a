import { clock } from './clock';
import type { Endpoint } from './endpoints';
import type { SamsaraApiError } from '../common/errors';

export interface RetryLimits {
	/** How often a call is repeated after the first attempt. 429s don't count: only `seconds` limits those. */
	retries: number;
	/** For how many seconds after its first failure a call is repeated. Samsara's own waits must fit into this, too. */
	seconds: number;
}

const FIRST_WAIT_MS = 500;

const MAX_WAIT_MS = 30_000;

/** Statuses after which another attempt may succeed. */
const RETRYABLE_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** Statuses after which Samsara may or may not have completed the request. */
const AMBIGUOUS_STATUSES = new Set([408, 500, 502, 503, 504]);

/** True if Samsara may have completed the request although no success was reported. */
export function isAmbiguous(failure: SamsaraApiError): boolean {
	return failure.reason === 'status'
		? AMBIGUOUS_STATUSES.has(failure.status)
		: !['pages', 'renewal'].includes(failure.reason);
}

/** True if another attempt may succeed. */
function isRetryable(failure: SamsaraApiError): boolean {
	return failure.reason === 'status'
		? RETRYABLE_STATUSES.has(failure.status)
		: failure.reason !== 'pages';
}

/**
 * Counts the attempts of one call and says how long to wait before the next one. Waits double from half a second to half
 * a minute, minus up to a random quarter, so that calls that failed together are not repeated together.
 */
export class RetryPolicy {
	private readonly deadline: number;

	private retryCount = 0;

	constructor(private readonly limits: RetryLimits) {
		this.deadline = clock.monotonic() + limits.seconds * 1000;
	}

	/** Milliseconds until the deadline. */
	remaining(): number {
		return this.deadline - clock.monotonic();
	}

	/** Milliseconds to wait before the next attempt; undefined if there is to be none. */
	nextDelay(endpoint: Endpoint, failure: SamsaraApiError): number | undefined {
		if (!isRetryable(failure)) return undefined;
		const requested = (failure.retryAfter ?? 0) * 1000;
		// The rate limiter does the waiting.
		if (failure.status === 429) return requested <= this.remaining() ? 0 : undefined;
		if (this.retryCount >= this.limits.retries) return undefined;
		const backoff =
			Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** this.retryCount) * (1 - Math.random() / 4);
		const delay = Math.max(backoff, requested);
		if (delay >= this.remaining()) return undefined;
		this.retryCount++;
		return delay;
	}
}
