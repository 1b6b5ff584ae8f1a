import { parentPort, workerData } from 'node:worker_threads';
import { startSimulator } from '../simulator/index.mts';

// A simulator in a thread of its own, so that its memory and timers are not those of the nodes. Its clock is as fast as
// theirs, and skips the same times.

const { startedAt, speed, ...options } = workerData;
let skipped = 0;
const sim = await startSimulator({
	...options,
	clockSpeed: speed,
	now: () => new Date(startedAt + (Date.now() - startedAt) * speed + skipped),
});

const commands = {
	account: () => ({ url: sim.url, token: sim.token }),
	setToken: (token) => {
		sim.settings.token = token;
	},
	skip: (milliseconds) => {
		skipped += milliseconds;
	},
	drivers: () => [...sim.state.drivers.keys()],
	records: () =>
		[...sim.state.records.values()].map(({ id, fields }) => ({
			id,
			number: fields.find(({ text }) => text !== undefined)?.text,
		})),
	failNext: (fault) => {
		sim.faults.add(fault);
	},
	/** The calls since the last time, and how many of them got a 429. */
	calls: () => {
		const counts = {
			calls: sim.requests.length,
			refused: sim.requests.filter(({ status }) => status === 429).length,
		};
		sim.requests.length = 0;
		return counts;
	},
	close: async () => {
		await sim.close();
		parentPort.close();
	},
};

parentPort.on('message', async ({ id, name, argument }) => {
	parentPort.postMessage({ id, result: await commands[name](argument) });
});
