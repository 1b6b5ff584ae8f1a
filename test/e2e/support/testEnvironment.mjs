import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { stopOnInterrupt } from '../../../scripts/lib/interrupt.mjs';
import { ensureN8n } from '../../../scripts/lib/n8nHost.mjs';
import { demoOwner, N8nRest } from '../../../scripts/lib/n8nRest.mjs';
import { startServer } from '../../../scripts/lib/n8nServer.mjs';
import { installNode } from '../../../scripts/lib/packNode.mjs';
import { hostFolder, root } from '../../../scripts/lib/paths.mjs';
import { freePort } from '../../../scripts/lib/ports.mjs';
import { startSimulator } from '../../simulator/index.mts';
import { Editor } from './editor.mjs';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--font-render-hinting=none',
	// Only loopback can be reached. (Intercepting requests would turn off the cache, and n8n's editor is large.)
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
// Only a hang takes this long; on a busy machine the editor takes up to a minute to render.
const TIMEOUT_MS = 120_000;
const SIMULATOR_PORT = 8791;
const TOKEN = 'token-of-the-simulated-account';

/** The folder for the screenshots in the documentation. */
export const picturesFolder = join(root, 'docs', 'images');

/** The date that tests type for today, so that the screenshots stay the same. */
export const TODAY = '2026-11-02';

const CONTEXT = {
	viewport: { width: 1440, height: 1100 },
	timezoneId: 'America/New_York',
	reducedMotion: 'reduce',
};

/**
 * A real n8n with the packed node and a signed-in browser, all on loopback. Each test has its own simulated Samsara and
 * leaves no credential behind, so that tests do not depend on each other. They share a page, which goes on to another workflow.
 */
export class TestEnvironment {
	static async start() {
		stopOnInterrupt();
		const environment = new TestEnvironment();
		try {
			await environment.#prepare();
			return environment;
		} catch (error) {
			await environment.close();
			throw error;
		}
	}

	async #prepare() {
		const host = await ensureN8n();
		const userFolder = join(hostFolder, 'e2e');
		rmSync(userFolder, { recursive: true, force: true });
		mkdirSync(userFolder, { recursive: true });
		mkdirSync(picturesFolder, { recursive: true });
		this.userFolder = userFolder;
		await installNode(userFolder);
		this.server = await startServer(host, { userFolder, env: { HOME: userFolder } });
		this.rest = new N8nRest(this.server.url);
		await this.rest.login();
		this.browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
		this.context = await this.newContext();
		const page = await this.context.newPage();
		await new Editor(page, this.rest).signIn(demoOwner);
		await page.close();
	}

	/** A browser context that is not signed in. */
	async newContext() {
		const context = await this.browser.newContext(CONTEXT);
		context.setDefaultTimeout(TIMEOUT_MS);
		return context;
	}

	/** Prepares the page and the simulator of a test. */
	async open() {
		// A screenshot shows the port.
		this.sim = await startSimulator({ port: await freePort(SIMULATOR_PORT), token: TOKEN });
		if (!this.page || this.page.isClosed()) {
			this.page = await this.context.newPage();
			this.editor = new Editor(this.page, this.rest);
		}
		await this.page.setViewportSize(CONTEXT.viewport);
	}

	/** Removes what a test has left behind. After a failure, the next test gets a new page. */
	async cleanUp({ passed }) {
		if (!passed) await this.page?.close();
		for (const { id } of await this.#credentials()) await this.rest.deleteCredential(id);
		await this.sim?.close();
	}

	/** Saves a screenshot of a failed test. */
	async saveFailureScreenshot(name) {
		const path = join(this.userFolder, `failed-${name.replace(/\W+/g, '-')}.png`);
		await this.page?.screenshot({ path }).catch(() => undefined);
		return path;
	}

	async #credentials() {
		const existing = await this.rest.request('GET', '/rest/credentials');
		return (existing.data ?? existing).filter(({ type }) => type.startsWith('samsara'));
	}

	/** The reference that nodes use to this test's credential, which is created if it does not exist. */
	async credential() {
		const [existing] = (await this.#credentials()).filter(({ type }) => type === 'samsaraApi');
		const data = { apiToken: TOKEN, region: 'custom', baseUrl: this.sim.url };
		const { id, name } =
			existing ??
			(await this.rest.createCredential({ name: 'Samsara account', type: 'samsaraApi', data }));
		return { samsaraApi: { id, name } };
	}

	/**
	 * Stores a workflow with the nodes in sequence. It starts with a manual trigger unless the first node is a trigger.
	 * Our nodes get the credential.
	 */
	async store(name, nodes, { pinData = {} } = {}) {
		const credentials = await this.credential();
		const isTriggered = /trigger$/i.test(nodes[0]?.type ?? '');
		const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
		const all = (isTriggered ? nodes : [start, ...nodes]).map((node, index) => ({
			id: `00000000-0000-4000-8000-00000000000${index}`,
			typeVersion: 1,
			position: [index * 220, 0],
			parameters: {},
			...(node.type.startsWith('n8n-nodes-samsara') && { credentials }),
			...node,
		}));
		const connections = Object.fromEntries(
			all
				.slice(1)
				.map(({ name: next }, index) => [
					all[index].name,
					{ main: [[{ node: next, type: 'main', index: 0 }]] },
				]),
		);
		const { id } = await this.rest.createWorkflow({ name, nodes: all, connections, pinData });
		return { id, nodes: all };
	}

	/** Stores a workflow that ends with one of our nodes, and opens that node. */
	async openNode(parameters, { before = [], name = 'Samsara', type = 'samsara', ...more } = {}) {
		const node = { name, type: `n8n-nodes-samsara.${type}`, parameters, ...more };
		const { id, nodes } = await this.store(`Form of ${name}`, [...before, node]);
		await this.editor.openNode(id, nodes.at(-1).id);
		return id;
	}

	async close() {
		await this.browser?.close();
		await this.server?.stop();
	}
}
