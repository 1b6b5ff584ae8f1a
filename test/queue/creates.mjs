import { setTimeout as sleep } from 'node:timers/promises';
import { http } from '../../scripts/lib/http.mjs';
import { byId, chain, samsara } from '../bench/nodes.mjs';

const PATH = 'queue-creates';
const NODE = 'Samsara';
const TYPE = 'Hazmat Certificate';
const BATCHES = ['A', 'B'];
const PATIENCE_MS = 20 * 60_000;
const WEBHOOK_PATIENCE_MS = 30_000;
const POLL_MS = 1_000;

/**
 * What two executions on two workers did.
 *
 * @typedef {object} Outcome
 * @property {string} version of n8n
 * @property {number} count of records that each execution was to make
 * @property {number} seconds from the call of the webhooks to the end of both executions
 * @property {string[]} statuses of the executions
 * @property {number[]} items that each execution put out
 * @property {number[]} taken how many executions each worker took
 * @property {number} lost
 * @property {number} doubled
 * @property {number} calls that create
 * @property {number} refused how many of them were answered with 429
 */

/**
 * Has two executions make records with one token at the same time.
 *
 * @param {import('./testEnvironment.mjs').QueueTestEnvironment} environment
 * @param {number} count of records for each
 * @returns {Promise<Outcome>}
 */
export async function measure(environment, count) {
	const { rest, sim, host } = environment;
	const workflow = chain(PATH, [creation(await environment.credential())]);
	// The webhook answers at once; who waits for the executions looks at them.
	workflow.nodes[0].parameters.responseMode = 'onReceived';
	const { id } = await rest.createWorkflow(workflow);
	await rest.publish(id);

	const names = BATCHES.map((batch) => numbers(batch, count));
	const drivers = [...sim.state.drivers.keys()];
	const began = performance.now();
	for (const batch of names) {
		const items = batch.map((number, index) => ({
			number,
			owner: drivers[index % drivers.length],
		}));
		await call(`${environment.server.url}/webhook/${PATH}`, items);
	}
	const executions = await ended(rest, id);
	return {
		version: host.version,
		count,
		seconds: (performance.now() - began) / 1000,
		statuses: executions.map(({ status }) => status),
		items: await Promise.all(executions.map(async (one) => await itemsOf(rest, one.id))),
		taken: environment.taken(),
		...found(sim, names.flat()),
	};
}

const numbers = (batch, count) => Array.from({ length: count }, (_, index) => `${batch}-${index}`);

function creation(credentials) {
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
	});
}

async function call(url, items) {
	const deadline = Date.now() + WEBHOOK_PATIENCE_MS;
	for (;;) {
		const { status, data } = await http.post(url, { items }, { responseType: 'text' });
		if (status === 200) return;
		// A published webhook is registered a little later.
		if (status !== 404 || Date.now() > deadline) throw new Error(data);
		await sleep(POLL_MS);
	}
}

async function ended(rest, workflowId) {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const executions = await rest.executions(workflowId);
		const isOver = executions.every(({ stoppedAt }) => stoppedAt);
		if (executions.length === BATCHES.length && isOver) return executions;
		if (Date.now() > deadline) {
			const states = executions.map(({ status }) => status).join(', ');
			throw new Error(`After ${PATIENCE_MS / 60_000} minutes the executions are: ${states}`);
		}
		await sleep(POLL_MS);
	}
}

async function itemsOf(rest, id) {
	const { data } = await rest.execution(id);
	return data.resultData.runData[NODE]?.[0].data?.main[0].length ?? 0;
}

function found(sim, expected) {
	const times = new Map();
	for (const { fields } of sim.state.records.values()) {
		const { text } = fields.find((field) => field.text !== undefined);
		times.set(text, (times.get(text) ?? 0) + 1);
	}
	const posts = sim.requests.filter(({ method }) => method === 'POST');
	return {
		lost: expected.filter((number) => !times.has(number)).length,
		doubled: [...times.values()].filter((count) => count > 1).length,
		calls: posts.length,
		refused: posts.filter(({ status }) => status === 429).length,
	};
}
