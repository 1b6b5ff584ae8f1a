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
import { cpuSeconds, peakMegabytes, settled } from './usage.mjs';

const PATIENCE_MS = 600_000;

/**
 * What one run of a workflow took.
 *
 * @typedef {object} Measurement
 * @property {boolean} ok
 * @property {object[]} items what the last node put out
 * @property {number} seconds from the call of the webhook to its answer
 * @property {number} cpu processor seconds of the n8n process meanwhile
 * @property {number} peak the most memory in MB that the n8n process ever had
 */

/** A real n8n with the packed node, and simulated accounts for its workflows. */
export class Bench {
	/** What should be told beside the table. @type {string[]} */
	notes = [];

	#simulators = [];

	/** @param {number} runs how often each measurement is done */
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

	async startN8n() {
		const { host, userFolder } = this;
		// A run that nobody looks at is not to cost the time to store it.
		const env = { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none', EXECUTIONS_DATA_PRUNE: 'false' };
		this.server = await startServer(host, { userFolder, port: this.server?.port, env });
		this.rest = new N8nRest(this.server.url);
		await this.rest.login();
	}

	/** A new n8n process on the same data, which has come to rest. */
	async restartN8n() {
		await this.server.stop();
		await this.startN8n();
		await settled(this.server.pid);
	}

	/**
	 * A simulated account, and the credential for it in n8n.
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
	 * Stores and publishes a workflow: a webhook, its `items` one by one, then these nodes.
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
		await this.#registered(workflow);
		const cpuBefore = cpuSeconds(pid);
		const began = performance.now();
		const options = { responseType: 'text', timeout: PATIENCE_MS };
		const { status, data } = await http.post(`${url}/webhook/${workflow.path}`, { items }, options);
		const seconds = (performance.now() - began) / 1000;
		const cpu = cpuSeconds(pid) - cpuBefore;
		const ok = status === 200;
		if (!ok && !mayFail) throw new Error(await this.#reason(workflow, data));
		return { ok, items: ok ? JSON.parse(data) : [], seconds, cpu, peak: peakMegabytes(pid) };
	}

	// A server that has just started registers its webhooks after it has turned ready.
	async #registered({ path }) {
		for (let attempt = 0; attempt < 100; attempt++) {
			const { status } = await http.options(`${this.server.url}/webhook/${path}`);
			if (status !== 404) return;
			await sleep(200);
		}
		throw new Error(`n8n has no webhook ${path}`);
	}

	async #reason({ id, path }, text) {
		const [last] = await this.rest.executions(id);
		const execution = last && (await this.rest.execution(last.id));
		const { message, description } = execution?.data?.resultData?.error ?? {};
		return `The workflow ${path} failed: ${[message ?? text, description].join(' ')}`;
	}

	async close() {
		await this.server?.stop();
		await Promise.all(this.#simulators.map((sim) => sim.close()));
		if (this.userFolder) rmSync(this.userFolder, { recursive: true, force: true });
	}
}
