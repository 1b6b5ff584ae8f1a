import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureN8n } from '../../scripts/lib/n8nHost.mjs';
import { N8nRest } from '../../scripts/lib/n8nRest.mjs';
import { startServer } from '../../scripts/lib/n8nServer.mjs';
import { installNode } from '../../scripts/lib/packNode.mjs';
import { hostFolder } from '../../scripts/lib/paths.mjs';
import { startSimulator } from '../simulator/index.mts';

const RECORDS = 100_000;
const DUE = 3_000;
const TIMEOUT_MS = 15 * 60_000;
const POLL_MS = 2_000;
const POLL_INTERVAL_MS = 61_000;
const IDLE_CALLS = 4;
/** n8n polls once while it activates a trigger, and gives that poll five minutes. */
const FIRST_POLL_MS = 300_000;
const DAY_MS = 86_400_000;
const NODE = 'Samsara Trigger';

/** Polls run by n8n's scheduler, which abandons them after 45 s, with cursors that are stored with the executions. */
const env = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

const userFolder = join(hostFolder, 'scheduler');
let host;
let sim;
let server;
let rest;

async function startN8n() {
	server = await startServer(host, { userFolder, port: server?.port, env });
	rest = new N8nRest(server.url);
	await rest.login();
}

async function killN8n() {
	process.kill(server.pid, 'SIGKILL');
	await server.exited;
}

before(async () => {
	host = await ensureN8n();
	rmSync(userFolder, { recursive: true, force: true });
	mkdirSync(userFolder, { recursive: true });
	await installNode(userFolder);
	const fleet = { drivers: 2_000, vehicles: 0, trailers: 0, equipment: 0 };
	sim = await startSimulator({ ...fleet, records: RECORDS, rateLimits: true });
	for (const record of sim.state.records.values()) {
		record.recordStatus = 'active';
		record.expirationDate = inDays(300);
	}
	await startN8n();
});

after(async () => {
	await server?.stop();
	await sim?.close();
});

const inDays = (days) => new Date(Date.now() + days * DAY_MS).toISOString();

/** Edits all records within a minute, as an import does, and returns the IDs of those that are due afterward. */
function editAll() {
	const due = [];
	const start = Date.now() - 60_000;
	[...sim.state.records.values()].forEach((record, n) => {
		const isDue = n % Math.round(RECORDS / DUE) === 0;
		if (isDue) due.push(record.id);
		record.expirationDate = inDays(isDue ? 20 : 299);
		sim.state.change(record, new Date(start + (n * 60_000) / RECORDS));
	});
	return due.sort();
}

async function createWorkflow() {
	const data = { apiToken: sim.token, region: 'custom', baseUrl: sim.url };
	const credential = await rest.createCredential({ name: 'Large', type: 'samsaraApi', data });
	const parameters = {
		event: 'recordExpiring',
		entityType: 'worker',
		daysAhead: '30',
		pollTimes: { item: [{ mode: 'everyMinute' }] },
	};
	const node = {
		id: 'f1c3c8a4-7d6b-4c1e-9a55-0f6f3c0d2b11',
		name: NODE,
		type: 'n8n-nodes-samsara.samsaraTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { samsaraApi: { id: credential.id, name: 'Large' } },
	};
	const settings = { executionOrder: 'v1' };
	const { id } = await rest.createWorkflow({
		name: 'Due',
		nodes: [node],
		connections: {},
		settings,
	});
	await rest.publish(id, FIRST_POLL_MS);
	return id;
}

/** Waits until polls find nothing to read: the first ones read everything, and n8n discards that of the activation. */
async function waitForIdlePoll() {
	const deadline = Date.now() + TIMEOUT_MS;
	for (;;) {
		const before = sim.requests.length;
		await sleep(POLL_INTERVAL_MS);
		const calls = sim.requests.length - before;
		if (calls > 0 && calls <= IDLE_CALLS) return;
		assert.ok(Date.now() < deadline, `polls still made ${calls} calls a minute`);
	}
}

async function emittedIds(workflowId) {
	const ids = [];
	for (const { id } of await rest.executions(workflowId)) {
		const { data } = await rest.execution(id);
		const [items] = data.resultData.runData[NODE][0].data.main;
		ids.push(...items.map(({ json }) => json.id));
	}
	return ids;
}

async function waitForEmitted(workflowId, count) {
	const deadline = Date.now() + TIMEOUT_MS;
	for (;;) {
		const ids = await emittedIds(workflowId).catch(() => []);
		if (ids.length >= count) return ids;
		assert.ok(Date.now() < deadline, `${ids.length} of ${count} records after ${TIMEOUT_MS} ms`);
		await sleep(POLL_MS);
	}
}

test(`Scheduler: of ${RECORDS} edited records, those that are due trigger once each, with a restart and a kill`, async () => {
	const workflowId = await createWorkflow();
	await waitForIdlePoll();
	assert.deepEqual(await rest.executions(workflowId), []);
	const expected = editAll();
	const first = await waitForEmitted(workflowId, 1);
	assert.ok(first.length < expected.length, 'one poll read everything, so nothing was interrupted');
	await server.stop();
	await startN8n();
	const calls = sim.requests.length;
	while (sim.requests.length < calls + 20) await sleep(POLL_MS);
	await killN8n();
	await startN8n();
	await waitForEmitted(workflowId, expected.length);
	// Nothing follows in the next two minutes.
	await sleep(120_000);
	assert.deepEqual((await emittedIds(workflowId)).sort(), expected);
});
