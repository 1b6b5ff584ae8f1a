const HEARTBEAT_MS = 15_000;

/** @param {number} since a value of `Date.now()` */
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs a long task and logs when it starts, that it is still running, and how long it took.
 *
 * @template T
 * @param {string} label e.g. `Installing packages`
 * @param {() => Promise<T>} task
 * @returns {Promise<T>} the result of the task
 */
export async function step(label, task) {
	const start = Date.now();
	console.log(`${label} …`);
	const heartbeat = setInterval(
		() => console.log(`  still running after ${seconds(start)}`),
		HEARTBEAT_MS,
	);
	try {
		const result = await task();
		console.log(`  done in ${seconds(start)}`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}
