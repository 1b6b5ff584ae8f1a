import { setTimeout as sleep } from 'node:timers/promises';
import { http } from '../../scripts/lib/http.mjs';
import { byId, chain, samsara } from '../bench/nodes.mjs';

const PATH = 'queue-creates';
const NODE = 'Samsara';
const TYPE = 'Hazmat Certificate';
const BATCHES = ['A', 'B'];
const TIMEOUT_MS = 20 * 60_000;
const WEBHOOK_TIMEOUT_MS = 30_000;
const POLL_MS = 1_000;

/**
 * The result of two executions on two workers.
 *
 * @typedef {object} Outcome
 * @property {string} version of n8n
 * @property {number} count number of records that each execution creates
 * @property {number} seconds from the webhook calls to the end of both executions
 * @property {string[]} statuses of the executions
 * @property {number[]} items number of output items of each execution
 * @property {number[]} executionsPerWorker
 * @property {number} lost
 * @property {number} doubled
 * @property {number} calls number of create calls
 * @property {number} refused number of create calls that got a 429
 */

/**
 * Creates records in two executions at the same time, with the same token.
 *
 * @param {import('./testEnvironment.mjs').QueueTestEnvironment} environment
 * @param {number} count number of records per execution
 * @returns {Promise<Outcome>}
 */
export async function measure(environment, count) {
	const { rest, sim, host } = environment;
	const workflow = chain(PATH, [createNode(await environment.credential())]);
	// The webhook responds at once; the executions are polled.
	workflow.nodes[0].parameters.responseMode = 'onReceived';
	const { id } = await rest.createWorkflow(workflow);
	await rest.publish(id);

	const names = BATCHES.map((batch) => numbers(batch, count));
	const drivers = [...sim.state.drivers.keys()];
	const start = performance.now();
	for (const batch of names) {
		const items = batch.map((number, index) => ({
			number,
			owner: drivers[index % drivers.length],
		}));
		await call(`${environment.server.url}/webhook/${PATH}`, items);
	}
	const executions = await waitForExecutions(rest, id);
	return {
		version: host.version,
		count,
		seconds: (performance.now() - start) / 1000,
		statuses: executions.map(({ status }) => status),
		items: await Promise.all(executions.map(async (one) => await itemsOf(rest, one.id))),
		executionsPerWorker: environment.executionsPerWorker(),
		...countRecords(sim, names.flat()),
	};
}

const numbers = (batch, count) => Array.from({ length: count }, (_, index) => `${batch}-${index}`);

function createNode(credentials) {
	return samsara(credentials, {
		resource: 'qualificationRecord',
		operation: 'create',
		entityType: 'worker',
		qualificationType: byId(TYPE),
		ownerId: byId('={{ $json.owner }}'),
		issueDate: '2026-11-01',
		expirationDate: '2028-11-01',
		fieldsMode: 'json',
		fieldsJson: '={{ { "Certificate Number": $json.number } }}',
		...(credentials.samsaraOAuth2Api && {
			authentication: 'oAuth2',
			requestOptions: { pace: 'learn' },
		}),
	});
}

async function call(url, items) {
	const deadline = Date.now() + WEBHOOK_TIMEOUT_MS;
	for (;;) {
		const { status, data } = await http.post(url, { items }, { responseType: 'text' });
		if (status === 200) return;
		// n8n registers a webhook shortly after publishing it.
		if (status !== 404 || Date.now() > deadline) throw new Error(data);
		await sleep(POLL_MS);
	}
}

async function waitForExecutions(rest, workflowId) {
	const deadline = Date.now() + TIMEOUT_MS;
	for (;;) {
		const executions = await rest.executions(workflowId);
		const isOver = executions.every(({ stoppedAt }) => stoppedAt);
		if (executions.length === BATCHES.length && isOver) return executions;
		if (Date.now() > deadline) {
			const states = executions.map(({ status }) => status).join(', ');
			throw new Error(
				`The executions did not end within ${TIMEOUT_MS / 60_000} minutes: ${states}`,
			);
		}
		await sleep(POLL_MS);
	}
}

async function itemsOf(rest, id) {
	const { data } = await rest.execution(id);
	return data.resultData.runData[NODE]?.[0].data?.main[0].length ?? 0;
}

function countRecords(sim, expected) {
	const counts = new Map();
	for (const { fields } of sim.state.records.values()) {
		const { text } = fields.find((field) => field.text !== undefined);
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	const posts = sim.requests.filter(
		({ method, path }) => method === 'POST' && path !== '/oauth2/token',
	);
	return {
		lost: expected.filter((number) => !counts.has(number)).length,
		doubled: [...counts.values()].filter((count) => count > 1).length,
		calls: posts.length,
		refused: posts.filter(({ status }) => status === 429).length,
	};
}
