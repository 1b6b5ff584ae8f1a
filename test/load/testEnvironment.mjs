import { getEventListeners } from 'node:events';
import { globalAgent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const SPEED = 60;
const SETTLE_MS = 50;

/** The nodes on n8n's engine, and a simulated account in another thread, with the same fast clock. */
export class LoadTestEnvironment {
	/** The most listeners that a run left on the signal that cancels it. */
	leftoverListeners = 0;

	#startedAt = Date.now();

	#skipped = 0;

	#answers = new Map();

	#nextId = 0;

	/** @param {Awaited<ReturnType<import('../../scripts/lib/engine.mjs').loadEngine>>} engine */
	constructor(engine) {
		this.engine = engine;
		const { clock } = engine;
		const { sleep: wait, monotonic } = clock;
		clock.now = () => this.#startedAt + (Date.now() - this.#startedAt) * SPEED + this.#skipped;
		clock.monotonic = () => monotonic() * SPEED + this.#skipped;
		clock.sleep = async (milliseconds) => await wait(milliseconds / SPEED);
	}

	async start(options) {
		const workerData = { startedAt: this.#startedAt, speed: SPEED, ...options };
		this.worker = new Worker(new URL('simulator.mjs', import.meta.url), { workerData });
		this.worker.on('message', ({ id, result }) => this.#answers.get(id)(result));
		this.account = await this.ask('account');
	}

	/** Runs a command of the simulator's thread. */
	async ask(name, argument) {
		const id = this.#nextId++;
		const answer = new Promise((resolve) => this.#answers.set(id, resolve));
		this.worker.postMessage({ id, name, argument });
		const result = await answer;
		this.#answers.delete(id);
		return result;
	}

	/** Lets time pass at once. */
	async skip(milliseconds) {
		this.#skipped += milliseconds;
		await this.ask('skip', milliseconds);
	}

	/** The current time by the fast clock. */
	now() {
		return this.engine.clock.now();
	}

	#wiring() {
		const { url, token } = this.account;
		return {
			credentialTypes: [new this.engine.SamsaraApi()],
			credentials: { samsaraApi: { apiToken: token, region: 'custom', baseUrl: url } },
		};
	}

	/** Runs the Samsara node, and returns its rows. With `stopWhen`, the run may be cancelled. */
	async run(parameters, rows = [{}], stopWhen) {
		const node = new this.engine.Samsara();
		const { execute } = node;
		let signal;
		let listeners;
		node.execute = async function () {
			signal = this.getExecutionCancelSignal();
			listeners = getEventListeners(signal, 'abort').length;
			return await execute.call(this);
		};
		const items = this.engine.itemsOf(...rows);
		const { run, output } = await this.engine.runNode({
			node,
			parameters,
			items,
			stopWhen,
			...this.#wiring(),
		});
		const { error } = run.data.resultData;
		if (error && !stopWhen) throw error;
		await sleep(0);
		const left = getEventListeners(signal, 'abort').length - listeners;
		this.leftoverListeners = Math.max(this.leftoverListeners, left);
		return output.map(({ json }) => json);
	}

	/** Polls, and returns the rows that start the workflow. Pass the same static data to each poll of a trigger. */
	async poll(parameters, staticData) {
		const output = await this.engine.pollNode({
			node: new this.engine.SamsaraTrigger(),
			parameters,
			staticData,
			...this.#wiring(),
		});
		return (output?.[0] ?? []).map(({ json }) => json);
	}

	/** Opens a list in the editor. */
	async list(method, parameters) {
		const context = this.engine.editorContext(this.account, parameters);
		return await new this.engine.Samsara().methods.loadOptions[method].call(context);
	}

	/** What is left after a garbage collection. Idle connections are closed first. */
	async leftovers() {
		globalAgent.destroy();
		await sleep(SETTLE_MS);
		for (let pass = 0; pass < 3; pass++) globalThis.gc();
		const resources = process.getActiveResourcesInfo();
		return {
			heap: process.memoryUsage().heapUsed / 2 ** 20,
			timers: resources.filter((name) => name === 'Timeout').length,
			resources: resources.length,
			agentListeners: globalAgent
				.eventNames()
				.reduce((sum, n) => sum + globalAgent.listenerCount(n), 0),
			requests: Object.keys(globalAgent.requests).length,
		};
	}

	async close() {
		await this.ask('close');
		await this.worker.terminate();
	}
}
