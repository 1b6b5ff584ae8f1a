import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadEngine } from '../../scripts/lib/engine.mjs';
import { table } from '../../scripts/lib/table.mjs';
import { LoadTestEnvironment } from './testEnvironment.mjs';

const HOURS = 24;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RECORDS = 2_000;
const PER_HOUR = 60;
/** Caches, compiled code and the like have settled by then. */
const WARM_HOURS = 6;
const MAX_GROWTH_MB = 1;
const TOKENS = 200;
/** As many as have their lists remembered, and more. */
const WARM_TOKENS = 50;
const MAX_TOKEN_GROWTH_MB = 2;
const TYPE = 'Hazmat Certificate';

const record = { resource: 'qualificationRecord', entityType: 'worker' };
const trigger = { entityType: 'worker', simplify: true, filters: {} };
const triggers = {
	recordCreated: { ...trigger, event: 'recordCreated' },
	recordUpdated: { ...trigger, event: 'recordUpdated' },
	recordExpiring: { ...trigger, event: 'recordExpiring', daysAhead: '30' },
};

/** Each hour: Samsara is unavailable once, and the responses to an update and to a create are lost. */
const faults = [
	{ kind: 'status', method: 'GET', status: 503 },
	{ kind: 'reset', method: 'PATCH', applied: true },
	{ kind: 'reset', method: 'POST', applied: true },
];

let environment;

before(async () => {
	environment = new LoadTestEnvironment(await loadEngine());
	await environment.start({ drivers: 200, records: RECORDS, rateLimits: true });
});

after(async () => await environment.close());

const locator = (value) => environment.engine.locator(value);
const inDays = (days) => new Date(environment.now() + days * DAY_MS).toISOString().slice(0, 10);

async function importRecords(hour, drivers) {
	const rows = Array.from({ length: PER_HOUR }, (_, index) => ({
		number: `H${hour}-${index}`,
		owner: drivers[(hour * PER_HOUR + index) % drivers.length],
	}));
	const created = await environment.run(
		{
			...record,
			operation: 'create',
			qualificationType: locator(TYPE),
			ownerId: locator('={{ $json.owner }}'),
			issueDate: inDays(-1),
			expirationDate: inDays(60),
			fieldsMode: 'json',
			fieldsJson: '={{ { "Certificate Number": $json.number } }}',
		},
		rows,
	);
	assert.equal(created.length, PER_HOUR);
	return created.map(({ id }) => id);
}

async function updateRecords(ids) {
	if (ids.length === 0) return;
	const parameters = {
		...record,
		operation: 'update',
		recordId: locator('={{ $json.id }}'),
		expirationDate: inDays(29),
	};
	const updated = await environment.run(
		parameters,
		ids.map((id) => ({ id })),
	);
	assert.equal(updated.length, ids.length);
}

const exportAll = { ...record, operation: 'getAll', returnAll: true };

async function exportRecords(expected) {
	const rows = await environment.run(exportAll);
	assert.equal(new Set(rows.map(({ id }) => id)).size, expected);
	assert.equal(rows.length, expected);
}

test(`A day with one token: ${HOURS} hours of polls, imports and exports leave nothing behind`, async () => {
	const drivers = await environment.ask('drivers');
	const staticData = { recordCreated: {}, recordUpdated: {}, recordExpiring: {} };
	const emitted = { recordCreated: [], recordUpdated: [], recordExpiring: [] };
	const poll = async () => {
		for (const [event, parameters] of Object.entries(triggers)) {
			const rows = await environment.poll(parameters, staticData[event]);
			emitted[event].push(...rows.map(({ id }) => id));
		}
	};
	await poll();
	const active = (await environment.run(exportAll)).length;
	const created = [];
	const updated = [];
	const hours = [];
	let latest = [];
	for (let hour = 1; hour <= HOURS; hour++) {
		await environment.skip(HOUR_MS);
		for (const fault of faults) await environment.ask('failNext', fault);
		await poll();
		await updateRecords(latest);
		updated.push(...latest);
		latest = await importRecords(hour, drivers);
		created.push(...latest);
		await exportRecords(active + created.length);
		await environment.run(exportAll, [{}], sleep(5));
		hours.push({ hour, ...(await environment.leftovers()), ...(await environment.ask('calls')) });
	}
	await environment.skip(HOUR_MS);
	await poll();
	console.log(
		table(
			hours.map((row) => ({ ...row, heap: row.heap.toFixed(2) })),
			{
				hour: 'Hour',
				heap: 'Heap (MB)',
				timers: 'Timers',
				resources: 'Resources',
				agentListeners: 'Listeners of the agent',
				calls: 'Calls',
				refused: 'Refused',
			},
		),
	);

	const numbers = (await environment.ask('records')).map(({ number }) => number);
	const imported = numbers.filter((number) => /^H\d+-\d+$/.test(number)).sort();
	const expected = Array.from({ length: HOURS }, (_, hour) =>
		Array.from({ length: PER_HOUR }, (_, index) => `H${hour + 1}-${index}`),
	);
	assert.deepEqual(imported, expected.flat().sort());
	assert.deepEqual(emitted.recordCreated.sort(), created.sort());
	assert.deepEqual(emitted.recordUpdated.sort(), [...updated].sort());
	assert.deepEqual(emitted.recordExpiring.sort(), updated.sort());

	assert.equal(environment.leftoverListeners, 0);
	const [warm, last] = [hours[WARM_HOURS - 1], hours.at(-1)];
	for (const name of ['timers', 'resources', 'agentListeners', 'requests'])
		assert.equal(last[name], warm[name], `${name} after ${HOURS} hours`);
	const heaps = hours.slice(WARM_HOURS).map(({ heap }) => heap);
	const growth = Math.min(...heaps.slice(-WARM_HOURS)) - Math.min(...heaps.slice(0, WARM_HOURS));
	console.log(`The heap grew by ${growth.toFixed(2)} MB after the first ${WARM_HOURS} hours.`);
	assert.ok(growth < MAX_GROWTH_MB, `the heap grew by ${growth} MB`);
});

test(`${TOKENS} tokens, one after the other, leave nothing behind`, async () => {
	const { account } = environment;
	const useToken = async (token) => {
		await environment.ask('setToken', token);
		environment.account = { ...account, token };
		await environment.run({ resource: 'driver', operation: 'getAll', returnAll: true });
		await environment.list('getOwners', { ...record, operation: 'getAll' });
	};
	const settle = async () => {
		// Further calls forget what is older than a minute.
		await environment.skip(HOUR_MS);
		await useToken(account.token);
		const { heap, timers } = await environment.leftovers();
		return { heap, timers };
	};
	const useTokens = async (prefix, count) => {
		for (let n = 0; n < count; n++) await useToken(`${prefix}-${n}`);
	};
	await useTokens('warm', WARM_TOKENS);
	const first = await settle();
	await useTokens('token', TOKENS);
	const busy = await environment.leftovers();
	const last = await settle();
	const sizes = [first, busy, last].map(({ heap }) => heap.toFixed(2));
	console.log(`Heap before ${sizes[0]} MB, with all tokens ${sizes[1]} MB, later ${sizes[2]} MB`);
	assert.equal(last.timers, first.timers);
	assert.ok(last.heap - first.heap < MAX_TOKEN_GROWTH_MB, `${first.heap} to ${last.heap} MB`);
});
