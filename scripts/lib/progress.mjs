const HEARTBEAT_MS = 15_000;

/** @param {number} since a value of `Date.now()` */
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs a long task and tells in plain lines that it began, that it still runs, and how long it
 * took.
 *
 * @template T
 * @param {string} label what is done, e.g. `Installing packages`
 * @param {() => Promise<T>} task
 * @param {(line: string) => void} [log]
 * @returns {Promise<T>} what the task gave
 */
export async function step(label, task, log = console.log) {
	const start = Date.now();
	log(`${label} …`);
	const heartbeat = setInterval(() => log(`  still at it after ${seconds(start)}`), HEARTBEAT_MS);
	try {
		const result = await task();
		log(`  done in ${seconds(start)}`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}
