import { sleep } from 'n8n-workflow';
import { clock } from '../../../nodes/Samsara/api/clock';
import { itemsOf, locator, rowsOf, runSamsara, speedUp } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';

let sim: Simulator;
let restoreClock: () => void;

beforeEach(async () => {
	restoreClock = speedUp(500);
	sim = await startSimulator({
		drivers: 60,
		vehicles: 2,
		trailers: 2,
		equipment: 2,
		records: 400,
		now: () => new Date(clock.now()),
	});
});

afterEach(async () => {
	restoreClock();
	await sim.close();
});

const certificate = () =>
	[...sim.state.qualificationTypes.values()].find(({ name }) => name === 'Hazmat Certificate')!;

function creating(count: number) {
	const type = certificate();
	const owners = [...sim.state.drivers.keys()];
	return {
		items: Array.from({ length: count }, (_, i) => ({
			owner: owners[i % owners.length],
			number: `bulk ${i}.`,
		})),
		parameters: {
			resource: 'qualificationRecord',
			operation: 'create',
			entityType: 'worker',
			qualificationType: locator(type.id),
			ownerId: locator('={{ $json.owner }}'),
			issueDate: '2026-01-15',
			fieldsMode: 'json',
			fieldsJson: `={{ [{ id: '${type.fields[0].id}', type: 'text', textValue: { value: $json.number } }] }}`,
		},
	};
}

/** The number of every certificate in Samsara, including duplicates. */
const numbersInSamsara = () =>
	[...sim.state.records.values()].flatMap(
		(record) => JSON.stringify(record).match(/bulk \d+\./g) ?? [],
	);

test('creates a thousand records despite a hundred 429s, with none missing or duplicated', async () => {
	for (let i = 0; i < 50; i++) {
		sim.faults.add({
			kind: 'status',
			status: 429,
			headers: { 'Retry-After': '0.40235' },
			method: 'POST',
			path: '/qualification-records',
			after: i * 20,
			times: 2,
		});
	}
	const { items, parameters } = creating(1_000);
	const learn = { ...parameters, options: { pace: 'learn' } };
	const rows = await rowsOf(sim, learn, { items: itemsOf(...items) });
	expect(sim.requests.filter(({ status }) => status === 429)).toHaveLength(100);
	expect(rows).toHaveLength(1_000);
	expect(numbersInSamsara().sort()).toEqual(items.map(({ number }) => number).sort());
	expect(rows.map((row) => row['Certificate Number'])).toEqual(items.map(({ number }) => number));
}, 120_000);

test.each([
	['where it is now', { requestOptions: { concurrency: 4 } }],
	['where saved nodes have it', { options: { concurrency: 4 } }],
	['in both places', { requestOptions: { concurrency: 4 }, options: { concurrency: 2 } }],
])('makes as many calls at a time as Concurrency allows, and never more: %s', async (_, given) => {
	sim.settings.latencyMs = 30;
	const { items, parameters } = creating(60);
	await rowsOf(sim, { ...parameters, ...given }, { items: itemsOf(...items) });
	// Each request counts the others in progress.
	expect(1 + Math.max(...sim.requests.map(({ inFlight }) => inFlight))).toBe(4);
});

test('returns the completed items if the token is revoked during the run, explains the others, and makes no further calls', async () => {
	const { items, parameters } = creating(100);
	sim.faults.add({
		kind: 'status',
		status: 401,
		method: 'POST',
		path: '/qualification-records',
		after: 40,
		times: 1_000,
	});
	const { output, error } = await runSamsara(sim, parameters, {
		items: itemsOf(...items),
		settings: { onError: 'continueRegularOutput' },
	});
	expect(error).toBeUndefined();
	const failed = output.filter(({ json }) => json.error);
	expect(output).toHaveLength(100);
	expect(output.length - failed.length).toBe(40);
	expect(numbersInSamsara()).toHaveLength(40);
	expect(failed.every(({ json }) => String(json.message).includes('token'))).toBe(true);
	expect(sim.requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
}, 60_000);

test('reports a list whose cursor repeats, and with continue on fail returns the rows read so far', async () => {
	sim.settings.pageSize = 50;
	const parameters = {
		resource: 'qualificationRecord',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
	};
	sim.faults.add({
		kind: 'repeatCursor',
		path: '/qualification-records/stream',
		after: 1,
		times: 10,
	});
	const stopped = await runSamsara(sim, parameters);
	expect(stopped.error?.message).toContain('returned the same page of the list twice');
	sim.reset();
	sim.faults.add({
		kind: 'repeatCursor',
		path: '/qualification-records/stream',
		after: 1,
		times: 10,
	});
	const { rows, error } = await runSamsara(sim, parameters, {
		settings: { onError: 'continueRegularOutput' },
	});
	expect(error).toBeUndefined();
	expect(rows.length).toBeGreaterThan(50);
	expect(rows.slice(0, -1).every(({ id }) => sim.state.records.has(String(id)))).toBe(true);
	expect(rows.at(-1)).toMatchObject({
		error: expect.stringContaining('returned the same page of the list twice'),
	});
});

test('sends failed items with their input to the error output, and the others to the first output', async () => {
	const { parameters } = creating(0);
	const { items } = creating(3);
	const { run } = await runSamsara(
		sim,
		{ ...parameters },
		{
			items: itemsOf(items[0], { ...items[1], owner: '' }, items[2]),
			settings: { onError: 'continueErrorOutput' },
		},
	);
	const [done, failed] = run.data.resultData.runData.Node[0].data!.main;
	expect(done).toHaveLength(2);
	expect(failed).toEqual([
		expect.objectContaining({
			json: {
				owner: '',
				number: items[1].number,
				error: "'Owner' is empty [item 1]",
				message: expect.stringContaining('Pick one'),
			},
		}),
	]);
});

test.each([{}, { onError: 'continueRegularOutput' as const }])(
	'ends a stopped execution soon, even if Samsara asks to wait ten minutes (%j)',
	async (settings) => {
		restoreClock();
		const { items, parameters } = creating(30);
		const wait = { kind: 'status' as const, status: 429, headers: { 'Retry-After': '600' } };
		sim.faults.add({
			...wait,
			method: 'POST',
			path: '/qualification-records',
			after: 3,
			times: 1_000,
		});
		const stopWhen = (async () => {
			while (!sim.requests.some(({ status }) => status === 429)) await sleep(20);
		})();
		const { run } = await runSamsara(
			sim,
			{ ...parameters, options: { concurrency: 1 } },
			{
				items: itemsOf(...items),
				settings,
				stopWhen,
			},
		);
		expect(run.data.resultData.error?.message).toContain('The execution was cancelled');
		const sent = sim.requests.length;
		await sleep(600);
		expect(sim.requests).toHaveLength(sent);
		expect(numbersInSamsara()).toHaveLength(3);
	},
);
