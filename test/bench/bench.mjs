import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureN8n } from '../../scripts/lib/n8nHost.mjs';
import { http } from '../../scripts/lib/http.mjs';
import { N8nRest } from '../../scripts/lib/n8nRest.mjs';
import { startServer } from '../../scripts/lib/n8nServer.mjs';
import { installNode } from '../../scripts/lib/packNode.mjs';
import { hostFolder } from '../../scripts/lib/paths.mjs';
import { startSimulator } from '../simulator/index.mts';
import { chain } from './nodes.mjs';
import { cpuSeconds, peakMegabytes, waitUntilIdle } from './usage.mjs';

const TIMEOUT_MS = 600_000;

/**
 * The time and memory that one run of a workflow took.
 *
 * @typedef {object} Measurement
 * @property {boolean} ok
 * @property {object[]} items output of the last node
 * @property {number} seconds from the webhook call to its response
 * @property {number} cpu CPU seconds that the n8n process used during the run
 * @property {number} peak peak memory of the n8n process in MB
 */

/** A real n8n with the packed node, and simulated Samsara accounts for its workflows. */
export class Bench {
	/** Remarks printed below the table. @type {string[]} */
	notes = [];

	#simulators = [];

	/** @param {number} runs how many times each measurement is repeated */
	constructor(runs) {
		this.runs = runs;
	}

	async prepare() {
		this.host = await ensureN8n();
		this.userFolder = join(hostFolder, 'bench');
		rmSync(this.userFolder, { recursive: true, force: true });
		mkdirSync(this.userFolder, { recursive: true });
		await installNode(this.userFolder);
		await this.startN8n();
	}

	/** @param {Record<string, string>} [settings] further environment variables of n8n */
	async startN8n(settings) {
		const { host, userFolder } = this;
		// Storing executions would add to the measured time.
		const env = {
			EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
			EXECUTIONS_DATA_PRUNE: 'false',
			...settings,
		};
		this.server = await startServer(host, { userFolder, port: this.server?.port, env });
		this.rest = new N8nRest(this.server.url);
		await this.rest.login();
	}

	/**
	 * Starts a new n8n process on the same data and waits until it is idle.
	 *
	 * @param {Record<string, string>} [settings] further environment variables of n8n
	 */
	async restartN8n(settings) {
		await this.server.stop();
		await this.startN8n(settings);
		await waitUntilIdle(this.server.pid);
	}

	/**
	 * Starts a simulated account and creates a credential for it in n8n.
	 *
	 * @param {import('../simulator/index.mts').SimulatorOptions} options
	 */
	async account(options) {
		const sim = await startSimulator(options);
		this.#simulators.push(sim);
		const data = { apiToken: sim.token, region: 'custom', baseUrl: sim.url };
		const name = `Account ${this.#simulators.length}`;
		const { id } = await this.rest.createCredential({ name, type: 'samsaraApi', data });
		return { sim, credentials: { samsaraApi: { id, name } } };
	}

	/**
	 * Stores and publishes a workflow: a webhook, Split Out for its `items`, then these nodes.
	 *
	 * @param {string} path of the webhook
	 * @param {object[]} nodes
	 */
	async workflow(path, nodes) {
		const { id } = await this.rest.createWorkflow(chain(path, nodes));
		await this.rest.publish(id);
		return { id, path };
	}

	/**
	 * Runs a workflow on items.
	 *
	 * @param {{ id: string, path: string }} workflow
	 * @param {object[]} items
	 * @param {{ mayFail?: boolean }} [options]
	 * @returns {Promise<Measurement>}
	 */
	async run(workflow, items, { mayFail = false } = {}) {
		const { pid, url } = this.server;
		await this.#waitForWebhook(workflow);
		const cpuBefore = cpuSeconds(pid);
		const start = performance.now();
		const options = { responseType: 'text', timeout: TIMEOUT_MS };
		const { status, data } = await http.post(`${url}/webhook/${workflow.path}`, { items }, options);
		const seconds = (performance.now() - start) / 1000;
		const cpu = cpuSeconds(pid) - cpuBefore;
		const ok = status === 200;
		if (!ok && !mayFail) throw new Error(await this.#failureReason(workflow, data));
		return { ok, items: ok ? JSON.parse(data) : [], seconds, cpu, peak: peakMegabytes(pid) };
	}

	// n8n reports that it is ready before it has registered its webhooks.
	async #waitForWebhook({ path }) {
		for (let attempt = 0; attempt < 100; attempt++) {
			const { status } = await http.options(`${this.server.url}/webhook/${path}`);
			if (status !== 404) return;
			await sleep(200);
		}
		throw new Error(`n8n did not register the webhook '${path}'`);
	}

	async #failureReason({ id, path }, text) {
		const [last] = await this.rest.executions(id);
		const execution = last && (await this.rest.execution(last.id));
		const { message, description } = execution?.data?.resultData?.error ?? {};
		return `Workflow '${path}' failed: ${[message ?? text, description].join(' ')}`;
	}

	async close() {
		await this.server?.stop();
		await Promise.all(this.#simulators.map((sim) => sim.close()));
		if (this.userFolder) rmSync(this.userFolder, { recursive: true, force: true });
	}
}
