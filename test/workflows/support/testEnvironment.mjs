import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopOnInterrupt } from '../../../scripts/lib/interrupt.mjs';
import { importCredentials, importWorkflows } from '../../../scripts/lib/n8nCli.mjs';
import { ensureN8n } from '../../../scripts/lib/n8nHost.mjs';
import { N8nRest } from '../../../scripts/lib/n8nRest.mjs';
import { DEFAULT_N8N_VERSION } from '../../../scripts/lib/n8nVersions.mjs';
import { startServer } from '../../../scripts/lib/n8nServer.mjs';
import { installNode } from '../../../scripts/lib/packNode.mjs';
import { hostFolder } from '../../../scripts/lib/paths.mjs';
import { startSimulator } from '../../simulator/index.mts';
import { startHrSystem } from './hrSystem.mjs';
import { startMailServer } from './mail.mjs';
import { modelCredential, ScriptedModel } from './model.mjs';

/** The credential that all workflows use. */
export const samsaraApi = { samsaraApi: { id: 'samsaraDemo', name: 'Samsara account' } };

/** The header that the HR system sends with each call. */
export const hrKey = { name: 'X-HR-Key', value: 'a-long-secret-of-the-hr-system' };

/** The key with which links in emails to drivers are signed. */
export const linkKey = { hmacSecret: randomUUID() };

/** The login with which HR opens the form. */
export const hrLogin = { user: 'hr', password: 'a-password-of-hr' };

/** The tested version of n8n, which scripts/test-n8n.mjs sets. */
export const n8nUnderTest = process.env.N8N_UNDER_TEST ?? DEFAULT_N8N_VERSION;

/** n8n's default time zone. */
export const ZONE = 'America/New_York';

/** Six polls a minute. n8n refuses one expression that polls this often. */
const EVERY_TEN_SECONDS = [5, 15, 25, 35, 45, 55].map((second) => ({
	mode: 'custom',
	cronExpression: `${second} * * * * *`,
}));

/** One real n8n with the packed node, a simulated Samsara, a mail server and an HR system, all on loopback. */
export class TestEnvironment {
	/** @type {import('../../../scripts/lib/n8nServer.mjs').N8nServer | undefined} */
	server;

	/**
	 * @param {(environment: TestEnvironment) => object[]} workflows to import, once the simulator runs
	 * @param {(environment: TestEnvironment) => object[]} credentials to import as well
	 */
	static async start(workflows, credentials) {
		stopOnInterrupt();
		const environment = new TestEnvironment();
		try {
			await environment.#prepare(workflows, credentials);
			await environment.startN8n();
			return environment;
		} catch (error) {
			await environment.close();
			throw error;
		}
	}

	async #prepare(workflows, credentials) {
		this.host = await ensureN8n(n8nUnderTest);
		this.userFolder = join(hostFolder, `test-${n8nUnderTest}`);
		rmSync(this.userFolder, { recursive: true, force: true });
		this.filesFolder = join(this.userFolder, '.n8n-files');
		mkdirSync(this.filesFolder, { recursive: true });
		this.sim = await startSimulator();
		this.mail = await startMailServer();
		this.hr = await startHrSystem(hrKey);
		this.model = await ScriptedModel.start();
		await installNode(this.userFolder);

		const { sim, mail, host, userFolder } = this;
		const samsara = { apiToken: sim.token, region: 'custom', baseUrl: sim.url };
		await importCredentials(host, userFolder, [
			{ id: 'samsaraDemo', name: 'Samsara account', type: 'samsaraApi', data: samsara },
			{ id: 'samsaraSmtp', name: 'Company mail', type: 'smtp', data: mail.credential },
			{ id: 'samsaraHrForm', name: 'HR form', type: 'httpBasicAuth', data: hrLogin },
			{ id: 'samsaraLinkKey', name: 'Key for links', type: 'crypto', data: linkKey },
			{ id: 'samsaraHrSystem', name: 'HR system', type: 'httpHeaderAuth', data: hrKey },
			modelCredential(this.model),
			...credentials(this),
		]);
		const imported = workflows(this).map((workflow) => forTest(this, workflow));
		await importWorkflows(host, userFolder, imported);
	}

	/** Starts n8n, always on the same data, and signs in. */
	async startN8n() {
		const { host, userFolder } = this;
		// The default folder for files is in the home folder.
		const env = { HOME: userFolder };
		this.server = await startServer(host, { userFolder, port: this.server?.port, env });
		this.rest = new N8nRest(this.server.url);
		await this.rest.login();
	}

	async stopN8n() {
		await this.server.stop();
	}

	/** Kills n8n, as a power failure would. */
	async killN8n() {
		process.kill(this.server.pid, 'SIGKILL');
		await this.server.exited;
	}

	async close() {
		await this.server?.stop();
		await this.sim?.close();
		await this.mail?.close();
		await this.hr?.close();
		await this.model?.close();
	}
}

// Workflows stay unchanged except for the files folder, the HR system, and schedules that are too slow for a test.
function forTest({ filesFolder, hr }, workflow) {
	const text = JSON.stringify(workflow)
		.replace('/home/node/.n8n-files', filesFolder)
		.replace('https://hr.example.com', hr.url)
		.replace('[{"mode":"everyHour","minute":15}]', JSON.stringify(EVERY_TEN_SECONDS))
		.replace(/\{"field":"days".*?\}/, '{"field":"seconds","secondsInterval":10}');
	return JSON.parse(text);
}

/** A workflow with a manual trigger followed by these nodes in sequence. */
export function chain(id, name, nodes) {
	const trigger = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	const all = [trigger, ...nodes].map((node, index) => ({
		id: `${id}${index}`,
		typeVersion: 1,
		position: [index * 200, 0],
		...node,
	}));
	const connections = {};
	all.slice(1).forEach((node, index) => {
		connections[all[index].name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	const settings = { executionOrder: 'v1' };
	return { id, name, active: false, nodes: all, connections, settings, pinData: {}, tags: [] };
}

/** Nodes that output this many items: `number` is 1, 2, and so on. */
export function numberedRows(count) {
	return [
		{
			name: 'Rows',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: `={{ { rows: Array.from({ length: ${count} }, (_, index) => ({ number: index + 1 })) } }}`,
			},
		},
		{
			name: 'Split Out Rows',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'rows' },
		},
	];
}

/** A Samsara node with the credential of the simulator. */
export function samsaraNode(name, parameters) {
	const type = 'n8n-nodes-samsara.samsara';
	return { name, type, typeVersion: 1, parameters, credentials: samsaraApi };
}
