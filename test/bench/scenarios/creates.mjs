import { setTimeout as sleep } from 'node:timers/promises';
import { asCount, asRatio, asSeconds, median } from '../numbers.mjs';
import { byId, httpRequest, samsara } from '../nodes.mjs';

const COUNT = 300;
const PER_MINUTE = 100;
/** The first hundred go out at once, and each further hundred one window later. */
const FLOOR_SECONDS = (COUNT / PER_MINUTE - 1) * 60;
const MAX_OVER_FLOOR = 1.1;
const TYPE = 'Hazmat Certificate';
const LABEL = 'Certificate Number';
const STAGGER_MS = 3000;

const retries = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 };
const batches = (batchSize, batchInterval) => ({
	batching: { batch: { batchSize, batchInterval } },
});

/** 300 creates at the documented 100 a minute, in real time, each variant on its own account. */
export async function creates(bench) {
	const variants = [
		...Array.from({ length: bench.runs }, (_, run) => ({
			path: `creates-ours-${run}`,
			ours: true,
		})),
		{ path: 'creates-as-is', what: 'HTTP Request with default settings' },
		{
			path: 'creates-retry',
			what: 'HTTP Request with Retry On Fail (5 tries, 5 s)',
			settings: retries,
		},
		{
			path: 'creates-single',
			what: 'HTTP Request with a batch of 1 every 610 ms',
			options: batches(1, 610),
		},
		{
			path: 'creates-hundred',
			what: 'HTTP Request with a batch of 100 every 61 s',
			options: batches(PER_MINUTE, 61_000),
		},
	];
	// They mostly wait, so they run in parallel, with staggered starts.
	const results = await Promise.all(
		variants.map(async (variant, index) => {
			const { sim, credentials } = await bench.account({ records: 0, rateLimits: true });
			const workflow = await bench.workflow(variant.path, [nodeOf(variant, sim, credentials)]);
			await sleep((index + 1) * STAGGER_MS);
			const { ok, seconds } = await bench.run(workflow, itemsFor(sim), { mayFail: true });
			return { ...variant, ok, seconds, ...countRecords(sim) };
		}),
	);
	const ours = results.filter((result) => result.ours);
	const seconds = median(ours.map((result) => result.seconds));
	const lost = Math.max(...ours.map((result) => result.lost));
	const doubled = Math.max(...ours.map((result) => result.doubled));
	const others = results.filter((result) => !result.ours);
	bench.notes.push(
		`300 creates: the minimum is ${FLOOR_SECONDS} s (${PER_MINUTE} at once, ${PER_MINUTE} a minute later, and ${PER_MINUTE} another minute later). Each variant has its own simulated account, on the real clock, and all run at the same time in one n8n.`,
		'With batches of 100 every 61 s, HTTP Request comes close to the minimum, as long as nobody else uses the token and no response is late. It does not react to a 429.',
	);
	return [
		{
			what: '300 creates at 100 a minute: lost (and doubled)',
			goal: '0',
			ours: `${lost} (${doubled})`,
			theirs: others.map(describeOutcome).join('; '),
			met: lost === 0 && doubled === 0 && ours.every(({ ok }) => ok),
			runs: ours.length,
		},
		{
			what: `300 creates at 100 a minute: time compared with the minimum (${FLOOR_SECONDS} s)`,
			goal: `at most ${asRatio(MAX_OVER_FLOOR)}`,
			ours: `${asRatio(seconds / FLOOR_SECONDS)} (${asSeconds(seconds)})`,
			theirs: others
				.map((one) => `${one.what}: ${one.ok ? asRatio(one.seconds / FLOOR_SECONDS) : 'failed'}`)
				.join('; '),
			met: seconds / FLOOR_SECONDS <= MAX_OVER_FLOOR,
			runs: ours.length,
		},
	];
}

function describeOutcome({ what, ok, lost, doubled, calls }) {
	const end = ok ? 'succeeded' : 'failed';
	return `${what}: ${lost} (${doubled}), ${asCount(calls)} calls, ${end}`;
}

function itemsFor(sim) {
	const drivers = [...sim.state.drivers.keys()];
	return Array.from({ length: COUNT }, (_, index) => ({
		owner: drivers[index % drivers.length],
		number: `bench-${index}`,
	}));
}

function nodeOf({ ours, options, settings }, sim, credentials) {
	const type = [...sim.state.qualificationTypes.values()].find(({ name }) => name === TYPE);
	if (ours) {
		return samsara(credentials, {
			resource: 'qualificationRecord',
			operation: 'create',
			entityType: 'worker',
			qualificationType: byId(type.id),
			ownerId: byId('={{ $json.owner }}'),
			issueDate: '2026-11-01',
			expirationDate: '2028-11-01',
			fieldsMode: 'json',
			fieldsJson: `={{ { "${LABEL}": $json.number } }}`,
		});
	}
	const field = type.fields.find(({ label }) => label === LABEL);
	const body = `={{ {
		qualificationType: { id: '${type.id}' },
		owner: { entityType: 'worker', id: $json.owner },
		issueDate: '2026-11-01T00:00:00Z',
		expirationDate: '2028-11-01T00:00:00Z',
		fields: [{ id: '${field.id}', type: 'text', textValue: { value: $json.number } }],
	} }}`;
	const url = `${sim.url}/qualification-records`;
	return httpRequest(credentials, { method: 'POST', url, body, options }, settings);
}

function countRecords(sim) {
	const counts = new Map();
	for (const { fields } of sim.state.records.values()) {
		const [number] = fields.map(({ text }) => text).filter(Boolean);
		counts.set(number, (counts.get(number) ?? 0) + 1);
	}
	const doubled = [...counts.values()].filter((count) => count > 1).length;
	const calls = sim.requests.filter(({ method }) => method === 'POST').length;
	return { lost: COUNT - counts.size, doubled, calls };
}
