import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import { http } from './http.mjs';

/** The owner account of the local n8n, which listens on loopback only. */
export const demoOwner = {
	email: 'demo@n8n-nodes-samsara.example',
	password: 'Samsara-demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

const POLL_MS = 50;
const TIMEOUT_MS = 30_000;
const FINAL = new Set(['success', 'error', 'crashed', 'canceled']);

async function waitFor(what, check, timeoutMs = TIMEOUT_MS) {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const { done, value } = await check();
		if (done) return value;
		if (Date.now() > deadline) {
			throw new Error(`${what} did not finish within ${timeoutMs} ms: ${JSON.stringify(value)}`);
		}
		await sleep(POLL_MS);
	}
}

/** n8n responded to a request with an error status. */
class N8nRestError extends Error {
	/** @param {string} request @param {number} status @param {unknown} body */
	constructor(request, status, body) {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		super(`${request} failed with status ${status}: ${text.slice(0, 1000)}`);
		this.status = status;
	}
}

/** A client of the REST API that n8n's editor uses. */
export class N8nRest {
	#cookie = '';
	#browserId = randomUUID();

	/** @param {string} url of the server, e.g. `http://127.0.0.1:5678` */
	constructor(url) {
		this.url = url;
	}

	/** @param {string} method @param {string} path e.g. `/rest/settings` @param {unknown} [body] */
	async request(method, path, body) {
		const headers = { 'browser-id': this.#browserId, cookie: this.#cookie };
		const response = await http.request({ method, url: this.url + path, headers, data: body });
		const cookies = (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
		this.#cookie = cookies.findLast((cookie) => cookie.startsWith('n8n-auth=')) ?? this.#cookie;

		const { status, data: json } = response;
		if (status >= 400) throw new N8nRestError(`${method} ${path}`, status, json);
		const isWrapped = json?.data !== undefined && Object.keys(json).length <= 2;
		return isWrapped ? json.data : json;
	}

	/** Signs in. On a new server, creates the owner account first. */
	async login() {
		const settings = await this.request('GET', '/rest/settings');
		if (settings.userManagement?.showSetupOnFirstLoad) {
			return await this.request('POST', '/rest/owner/setup', demoOwner);
		}
		const { email, password } = demoOwner;
		// Up to 1.9x, the property was `email`.
		const body = { email, emailOrLdapLoginId: email, password };
		return await this.request('POST', '/rest/login', body);
	}

	/** All node types that the server has loaded. */
	async nodeTypes() {
		return await this.request('GET', '/types/nodes.json');
	}

	/** @param {{ name: string, type: string, data: Record<string, unknown> }} credential */
	async createCredential(credential) {
		return await this.request('POST', '/rest/credentials', credential);
	}

	async deleteCredential(id) {
		return await this.request('DELETE', `/rest/credentials/${id}`);
	}

	/**
	 * Tests a stored credential, as the editor does.
	 *
	 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
	 */
	async testCredential(id) {
		const { name, type, data } = await this.request(
			'GET',
			`/rest/credentials/${id}?includeData=true`,
		);
		const credentials = { id, name, type, data };
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

	/** A page of a pick list of our node, as the editor requests it. @param {string} methodName @param {object} form */
	async searchList(methodName, form) {
		return await this.#loadList('resource-locator-results', methodName, form);
	}

	/** The options of a drop-down of our node, as the editor requests them. @param {string} methodName @param {object} form */
	async loadOptions(methodName, form) {
		return await this.#loadList('options', methodName, form);
	}

	async #loadList(route, methodName, form) {
		const nodeTypeAndVersion = { name: 'n8n-nodes-samsara.samsara', version: 1 };
		const body = { nodeTypeAndVersion, path: 'parameters', methodName, ...form };
		return await this.request('POST', `/rest/dynamic-node-parameters/${route}`, body);
	}

	/** @param {Record<string, unknown>} workflow as n8n exports it */
	async createWorkflow(workflow) {
		const whole = { settings: { executionOrder: 'v1' }, connections: {}, ...workflow };
		return await this.request('POST', '/rest/workflows', whole);
	}

	/** Changes parameters of a node, as people do in the editor. */
	async setParameters(id, nodeName, parameters) {
		const { nodes, connections, versionId } = await this.getWorkflow(id);
		Object.assign(nodes.find(({ name }) => name === nodeName).parameters, parameters);
		await this.request('PATCH', `/rest/workflows/${id}`, { nodes, connections, versionId });
	}

	async getWorkflow(id) {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** Runs a workflow manually from a trigger node and waits for its end. */
	async runWorkflow(id, triggerName, timeoutMs) {
		return await this.waitForExecution(await this.startWorkflow(id, triggerName), timeoutMs);
	}

	/** Starts a workflow manually from a trigger node. @returns the ID of the execution */
	async startWorkflow(id, triggerName) {
		// Older versions run the workflow in the request, newer ones the stored workflow.
		const workflowData = await this.getWorkflow(id);
		const body = { workflowData, triggerToStartFrom: { name: triggerName } };
		return (await this.request('POST', `/rest/workflows/${id}/run`, body)).executionId;
	}

	/**
	 * Publishes a workflow and waits until its triggers are active, which includes the first poll.
	 *
	 * @throws if they cannot be activated
	 */
	async publish(id, timeoutMs) {
		const { versionId } = await this.getWorkflow(id);
		if (
			!(await this.#requestIfSupported('POST', `/rest/workflows/${id}/activate`, { versionId }))
		) {
			return await this.#setActive(id, true);
		}
		const check = async () => {
			const value = await this.#requestIfSupported(
				'GET',
				`/rest/workflows/${id}/publication-status`,
			);
			// Before 2.4x, the triggers are active when n8n responds.
			const { status } = value ?? { status: 'published' };
			return { done: status === 'published' || /fail|error/.test(status), value: { status } };
		};
		const state = await waitFor(`Publishing workflow ${id}`, check, timeoutMs);
		if (state.status !== 'published') {
			throw new Error(`Workflow ${id} was not published: ${JSON.stringify(state)}`);
		}
	}

	async unpublish(id) {
		if (!(await this.#requestIfSupported('POST', `/rest/workflows/${id}/deactivate`, {}))) {
			await this.#setActive(id, false);
		}
	}

	/** Publishes or unpublishes in 1.x. */
	async #setActive(id, active) {
		const { versionId } = await this.getWorkflow(id);
		await this.request('PATCH', `/rest/workflows/${id}`, { active, versionId });
	}

	/** The response, or undefined if this version of n8n has no such route. */
	async #requestIfSupported(method, path, body) {
		try {
			return await this.request(method, path, body);
		} catch (error) {
			if (error instanceof N8nRestError && error.status === 404) return undefined;
			throw error;
		}
	}

	/** Summaries of a workflow's executions, newest first. */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await this.request('GET', `/rest/executions?filter=${filter}`)).results;
	}

	/** An execution with its data decoded: `data.resultData.runData.<node>`. */
	async execution(id) {
		const execution = await this.request('GET', `/rest/executions/${id}`);
		const { data } = execution;
		return { ...execution, data: typeof data === 'string' ? parse(data) : data };
	}

	async waitForExecution(id, timeoutMs) {
		const check = async () => {
			const value = await this.request('GET', `/rest/executions/${id}?includeData=false`);
			return { done: FINAL.has(value.status), value: value.status };
		};
		await waitFor(`Execution ${id}`, check, timeoutMs);
		return await this.execution(id);
	}
}
