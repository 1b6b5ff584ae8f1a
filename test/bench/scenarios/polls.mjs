import { loadEngine } from '../../../scripts/lib/engine.mjs';
import { startSimulator } from '../../simulator/index.mts';
import { asCount, asSeconds } from '../numbers.mjs';

const COUNT = 100_000;
const LATENCY_MS = 300;
/** What n8n's scheduler gives a poll before it discards the result, and what n8n gives it while a trigger is activated. */
const BUDGETS_MS = { 'n8n scheduler': 36_000, activation: 300_000 };
const PREFIX = `${asCount(COUNT)} records, ${LATENCY_MS} ms latency, 5 calls a second:`;
const MAX_POLLS = 20;
const CHANGES = ['recordCreated', 'recordUpdated', 'recordArchived', 'recordDeleted'];
const EXPIRY = ['recordExpiring', 'recordExpired'];

/**
 * Polls in a large account, at the documented limits and a latency. They run on n8n's engine in this process, because n8n polls
 * once a minute at most, and without its scheduler gives each poll five minutes.
 */
export async function polls(bench) {
	const engine = await loadEngine();
	const options = { drivers: 1000, vehicles: 0, trailers: 0, equipment: 0, records: COUNT };
	const sim = await startSimulator({ ...options, rateLimits: true, latencyMs: LATENCY_MS });
	try {
		return await measure(bench, sim, engine);
	} finally {
		await sim.close();
	}
}

async function measure(bench, sim, { SamsaraTrigger, SamsaraApi, pollNode }) {
	let states = {};
	const poll = async (event, pollBudgetMs) => {
		const before = sim.requests.length;
		const start = performance.now();
		const output = await pollNode({
			node: new SamsaraTrigger(),
			parameters: { event, entityType: 'worker', daysAhead: '60, 30, 7', filters: {} },
			staticData: (states[event] ??= {}),
			pollBudgetMs,
			credentialTypes: [new SamsaraApi()],
			credentials: { samsaraApi: { apiToken: sim.token, region: 'custom', baseUrl: sim.url } },
		});
		if (output)
			throw new Error(`Nothing has changed, but ${event} returned ${output[0].length} rows`);
		const seconds = (performance.now() - start) / 1000;
		return { seconds, calls: sim.requests.length - before };
	};
	/** Polls until everything has been read. */
	const first = async (event, budget) => {
		const all = [];
		do all.push(await poll(event, budget));
		while (all.at(-1).calls > 1 && all.length < MAX_POLLS);
		return all;
	};
	const findings = [];
	for (const [name, budget] of Object.entries(BUDGETS_MS)) {
		states = {};
		const all = await first(EXPIRY[0], budget);
		const longest = Math.max(...all.map(({ seconds }) => seconds));
		const reading = all.filter(({ calls }) => calls > 1);
		findings.push({
			what: `${findings.length === 0 ? PREFIX : '…'} longest poll of the first reading (${name})`,
			goal: `at most ${asSeconds(budget / 1000)}`,
			ours: `${asSeconds(longest)} (polls: ${reading.length})`,
			theirs: '',
			met: longest <= budget / 1000,
			runs: 1,
		});
	}
	const idle = [];
	for (const event of [...EXPIRY, ...CHANGES]) {
		await first(event);
		idle.push((await poll(event)).calls);
	}
	findings.push({
		what: '… calls of a poll when nothing has changed, for each of the six events',
		goal: '1',
		ours: [...new Set(idle)].join(', '),
		theirs: '',
		met: idle.every((calls) => calls === 1),
		runs: 1,
	});
	bench.notes.push(
		"Polls: with 'Belongs To' Driver. They run on n8n's engine in the process of the benchmark. With Both, each poll makes a call for drivers and one for assets. n8n's scheduler gives a poll 36 s, and otherwise n8n gives it five minutes; a poll that cannot read everything in that time stops earlier and leaves the rest to the next one.",
	);
	return findings;
}
