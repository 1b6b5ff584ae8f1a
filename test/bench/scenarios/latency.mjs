import { asRatio, asSeconds, median } from '../numbers.mjs';
import { last, samsara } from '../nodes.mjs';
import { getAllRecords, requestAllRecords } from './list.mjs';

const COUNT = 50_000;
const PAGE_SIZE = 512;
const CALLS_PER_SECOND = 5;
const LATENCIES_MS = [300, 1000];
const COMPLIANCE_LATENCY_MS = 300;
const TYPE_COUNT = 4;
const MAX_OVER_FLOOR = { list: 1.15, compliance: 1.2 };

/** Lists at Samsara's documented rate limit, when a response takes a while. The floor is the pages at 5 calls a second. */
export async function latency(bench) {
	const findings = [];
	for (const latencyMs of LATENCIES_MS) findings.push(await list(bench, latencyMs));
	findings.push(await compliance(bench));
	return findings;
}

async function list(bench, latencyMs) {
	const options = { drivers: 1000, vehicles: 0, trailers: 0, equipment: 0, records: COUNT };
	const { sim, credentials } = await bench.account({ ...options, rateLimits: true });
	for (const record of sim.state.records.values()) record.recordStatus = 'active';
	const ours = await bench.workflow(`latency-ours-${latencyMs}`, [
		getAllRecords(credentials, { simplify: false, options: {} }),
		last,
	]);
	const theirs = await bench.workflow(`latency-theirs-${latencyMs}`, [
		requestAllRecords(credentials, sim),
		last,
	]);
	sim.settings.latencyMs = latencyMs;
	const measure = async (workflow, runs) => {
		const seconds = [];
		for (let run = 0; run < runs; run++) {
			sim.reset();
			seconds.push((await bench.run(workflow, [{}])).seconds);
		}
		return median(seconds);
	};
	const floor = COUNT / PAGE_SIZE / CALLS_PER_SECOND;
	const [own, other] = [await measure(ours, bench.runs), await measure(theirs, 1)];
	return finding(
		`50,000 records at ${latencyMs} ms latency and 5 calls a second: time over the minimum`,
		{ seconds: own, other: `${asRatio(other / floor)} (${asSeconds(other)})`, floor },
		MAX_OVER_FLOOR.list,
		bench.runs,
	);
}

/** Checks four types for all of 5,000 drivers with 20,000 records. */
async function compliance(bench) {
	const options = { drivers: 5000, vehicles: 0, trailers: 0, equipment: 0, records: 20_000 };
	const { sim, credentials } = await bench.account({ ...options, rateLimits: true });
	const types = [...sim.state.qualificationTypes.values()]
		.filter(({ entityType }) => entityType === 'worker')
		.slice(0, TYPE_COUNT);
	const ids = new Set(types.map(({ id }) => id));
	const count = [...sim.state.records.values()].filter(({ typeId }) => ids.has(typeId)).length;
	const workflow = await bench.workflow('latency-compliance', [
		samsara(credentials, {
			resource: 'qualificationRecord',
			operation: 'checkCompliance',
			entityType: 'worker',
			qualificationTypes: [...ids],
			who: 'all',
			options: {},
		}),
		last,
	]);
	sim.settings.latencyMs = COMPLIANCE_LATENCY_MS;
	const seconds = [];
	for (let run = 0; run < bench.runs; run++) {
		sim.reset();
		seconds.push((await bench.run(workflow, [{}])).seconds);
	}
	const floor = Math.ceil(count / PAGE_SIZE) / CALLS_PER_SECOND;
	return finding(
		`Check Compliance, 5,000 drivers and 4 types, at ${COMPLIANCE_LATENCY_MS} ms latency: time over the minimum`,
		{ seconds: median(seconds), other: '', floor },
		MAX_OVER_FLOOR.compliance,
		bench.runs,
	);
}

function finding(what, { seconds, other, floor }, goal, runs) {
	return {
		what,
		goal: `at most ${asRatio(goal)} (minimum ${asSeconds(floor)})`,
		ours: `${asRatio(seconds / floor)} (${asSeconds(seconds)})`,
		theirs: other,
		ratio: '',
		met: seconds / floor <= goal,
		runs,
	};
}
