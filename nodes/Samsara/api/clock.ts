import { sleep } from 'n8n-workflow';

const SLICE_MS = 250;

/** Time as api/ sees it. One object for all, so that tests can put a faster clock in its place. */
export const clock = {
	/** Milliseconds since the epoch. */
	now: () => Date.now(),
	sleep,
};

/**
 * Waits in slices, so that a cancelled execution is let go soon.
 *
 * @throws Cancelled when the signal fires
 */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = clock.now() + milliseconds;
	for (;;) {
		throwIfCancelled(signal);
		const left = end - clock.now();
		if (left <= 0) return;
		await clock.sleep(Math.min(left, SLICE_MS));
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
