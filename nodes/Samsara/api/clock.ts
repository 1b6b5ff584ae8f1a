import { sleep } from 'n8n-workflow';

const SLICE_MS = 250;

/** By how much the clocks here and at Samsara may differ: what happened just now may bear a time so much earlier or later. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** How much the clocks of Samsara's own servers may differ. */
export const SERVER_SKEW_MS = 1_000;

/**
 * A reading up to now asks for so much more. Nothing is dated later than Samsara's now, and if n8n's clock is behind, be
 * it by seconds or after it was set back by hours, the latest records would be missing.
 */
export const END_AHEAD_MS = 24 * 60 * 60_000;

/** Time as api/ sees it. One object for all, so that tests can put a faster clock in its place. */
export const clock = {
	/** Milliseconds since the epoch. */
	now: () => Date.now(),
	/** Milliseconds since some moment. Waits go by it, because the system's clock may be set back. */
	monotonic: () => performance.now(),
	sleep,
};

/**
 * Waits in slices, so that a cancelled execution is let go soon.
 *
 * @throws Cancelled when the signal fires
 */
export async function abortableSleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = clock.monotonic() + milliseconds;
	for (;;) {
		throwIfCancelled(signal);
		const remaining = end - clock.monotonic();
		if (remaining <= 0) return;
		await clock.sleep(Math.min(remaining, SLICE_MS));
	}
}

/** The person stopped the execution in n8n. Nothing is retried after it. */
class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled');
		this.name = 'Cancelled';
	}
}

/** @throws Cancelled when the signal has fired */
export function throwIfCancelled(signal?: AbortSignal): void {
	if (signal?.aborted) throw new Cancelled();
}
