import { sleep } from 'n8n-workflow';
import { Cancelled } from '../common/errors';

const SLICE_MS = 250;

/** How much our clock and Samsara's may differ, in either direction. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** How much the clocks of Samsara's own servers may differ. */
export const SERVER_SKEW_MS = 1_000;

/**
 * How far beyond our own clock to read when reading up to now. If n8n's clock is slow, by seconds or because it was set
 * back by hours, the latest records would otherwise be missing. Samsara has no records dated later than its own clock.
 */
export const END_AHEAD_MS = 24 * 60 * 60_000;

/** The clock that everything in api/ uses, as an object, so that tests can replace it with a faster one. */
export const clock = {
	/** Milliseconds since the epoch. */
	now: () => Date.now(),
	/** Milliseconds since an arbitrary moment. Used for waits, because the system clock may be set back. */
	monotonic: () => performance.now(),
	sleep,
};

/**
 * Waits in slices, so that a cancelled execution ends soon.
 *
 * @throws Cancelled if the signal fires
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

/** @throws Cancelled if the signal has fired */
export function throwIfCancelled(signal?: AbortSignal): void {
	if (signal?.aborted) throw new Cancelled();
}
