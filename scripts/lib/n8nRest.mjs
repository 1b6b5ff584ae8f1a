import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import { http } from './http.mjs';

/** The one who signs in on the local n8n; it listens on loopback only. */
export const demoOwner = {
	email: 'demo@n8n-nodes-samsara.example',
	password: 'Samsara-demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

const POLL_MS = 50;
const PATIENCE_MS = 30_000;
const FINAL = new Set(['success', 'error', 'crashed', 'canceled']);

async function until(what, ask, patienceMs) {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		const { done, value } = await ask();
		if (done) return value;
		if (Date.now() > deadline) {
			throw new Error(`${what} was not through after ${patienceMs} ms: ${JSON.stringify(value)}`);
		}
		await sleep(POLL_MS);
	}
}

/** n8n's answer to a request was not a good one. */
class N8nRestError extends Error {
	/** @param {string} request @param {number} status @param {unknown} body */
	constructor(request, status, body) {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		super(`${request} answered ${status}: ${text.slice(0, 1000)}`);
		this.status = status;
		this.body = body;
	}
}

/** A client of the REST interface that n8n's editor uses. */
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

	/** Signs in; on a new server it first makes this person the owner. */
	async login(owner = demoOwner) {
		const settings = await this.request('GET', '/rest/settings');
		if (settings.userManagement?.showSetupOnFirstLoad) {
			return await this.request('POST', '/rest/owner/setup', owner);
		}
		const { email, password } = owner;
		// Until 1.9x the member was `email`.
		const body = { email, emailOrLdapLoginId: email, password };
		return await this.request('POST', '/rest/login', body);
	}

	/** Every node type that the server has loaded. */
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

	/** @param {Record<string, unknown>} workflow as n8n exports it */
	async createWorkflow(workflow) {
		const whole = { settings: { executionOrder: 'v1' }, connections: {}, ...workflow };
		return await this.request('POST', '/rest/workflows', whole);
	}

	async getWorkflow(id) {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** Runs a workflow by hand from a trigger node and waits for its end. */
	async runWorkflow(id, triggerName, patienceMs = PATIENCE_MS) {
		// Older versions run what they are sent, newer ones what they have stored.
		const workflowData = await this.getWorkflow(id);
		const body = { workflowData, triggerToStartFrom: { name: triggerName } };
		const { executionId } = await this.request('POST', `/rest/workflows/${id}/run`, body);
		return await this.waitForExecution(executionId, patienceMs);
	}

	/** Turns a workflow's triggers on and waits until they are; throws when they cannot be. */
	async publish(id, patienceMs = PATIENCE_MS) {
		const { versionId } = await this.getWorkflow(id);
		if (!(await this.#known('POST', `/rest/workflows/${id}/activate`, { versionId }))) {
			return await this.#switch(id, true);
		}
		const ask = async () => {
			const value = await this.#known('GET', `/rest/workflows/${id}/publication-status`);
			// Before 2.4x the triggers are on when the answer has come.
			const { status } = value ?? { status: 'published' };
			return { done: status === 'published' || /fail|error/.test(status), value: { status } };
		};
		const state = await until(`Publishing workflow ${id}`, ask, patienceMs);
		if (state.status !== 'published') {
			throw new Error(`Workflow ${id} was not published: ${JSON.stringify(state)}`);
		}
	}

	async unpublish(id) {
		if (!(await this.#known('POST', `/rest/workflows/${id}/deactivate`, {}))) {
			await this.#switch(id, false);
		}
	}

	// As 1.x has it.
	async #switch(id, active) {
		const { versionId } = await this.getWorkflow(id);
		await this.request('PATCH', `/rest/workflows/${id}`, { active, versionId });
	}

	/** The answer; undefined where this n8n has no such route. */
	async #known(method, path, body) {
		try {
			return await this.request(method, path, body);
		} catch (error) {
			if (error instanceof N8nRestError && error.status === 404) return undefined;
			throw error;
		}
	}

	/** Summaries of a workflow's runs, newest first. */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await this.request('GET', `/rest/executions?filter=${filter}`)).results;
	}

	/** One run with its data decoded: `data.resultData.runData.<node>`. */
	async execution(id) {
		const execution = await this.request('GET', `/rest/executions/${id}`);
		const { data } = execution;
		return { ...execution, data: typeof data === 'string' ? parse(data) : data };
	}

	async waitForExecution(id, patienceMs = PATIENCE_MS) {
		const ask = async () => {
			const value = await this.request('GET', `/rest/executions/${id}?includeData=false`);
			return { done: FINAL.has(value.status), value: value.status };
		};
		await until(`Execution ${id}`, ask, patienceMs);
		return await this.execution(id);
	}

	/**
	 * Asks a node for what the editor shows in a parameter.
	 *
	 * @param {'options' | 'resource-locator-results' | 'resource-mapper-fields'} kind
	 * @param {object} query
	 * @param {string} query.nodeType e.g. `n8n-nodes-samsara.samsara`
	 * @param {string} query.methodName
	 * @param {string} query.path e.g. `parameters.qualificationType`
	 * @param {Record<string, unknown>} [query.parameters] the node's parameters so far
	 * @param {Record<string, { id: string, name: string }>} [query.credentials]
	 * @param {string} [query.filter] what a person searched for
	 * @param {string} [query.paginationToken]
	 */
	async parameterValues(kind, query) {
		const { nodeType, nodeVersion = 1, parameters = {}, ...rest } = query;
		return await this.request('POST', `/rest/dynamic-node-parameters/${kind}`, {
			...rest,
			nodeTypeAndVersion: { name: nodeType, version: nodeVersion },
			currentNodeParameters: parameters,
		});
	}
}
