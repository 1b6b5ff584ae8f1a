import { asCount, asRatio, asSeconds, median, rotated } from '../numbers.mjs';
import { byId, httpRequest, samsara } from '../nodes.mjs';

const COUNT = 2000;
const LATENCY_MS = 50;
const CONCURRENCY = 20;
const MAX_RATIO = 1.2;
const DATE = '2029-06-30T00:00:00Z';

/** 2,000 updates at 50 ms latency: measures the time and the number of calls in flight. */
export async function updates(bench) {
	const account = { records: 3000, latencyMs: LATENCY_MS };
	const { sim, credentials } = await bench.account(account);
	const records = [...sim.state.records.values()].filter((one) => one.recordStatus === 'active');
	const items = records.slice(0, COUNT).map(({ id }) => ({ id }));
	const ours = await bench.workflow('updates-ours', [
		samsara(credentials, {
			resource: 'qualificationRecord',
			operation: 'update',
			recordId: byId('={{ $json.id }}'),
			updateFields: { expirationDate: DATE },
			options: { pace: 'learn', concurrency: CONCURRENCY },
		}),
	]);
	const theirs = await bench.workflow('updates-theirs', [
		httpRequest(credentials, {
			method: 'PATCH',
			url: `${sim.url}/qualification-records`,
			body: `={{ { id: $json.id, expirationDate: '${DATE}' } }}`,
		}),
	]);
	const results = new Map([
		[ours, []],
		[theirs, []],
	]);
	const measure = async (workflow) => {
		for (const record of records) record.expirationDate = undefined;
		sim.reset();
		const { items: out, seconds, cpu } = await bench.run(workflow, items);
		const done = records.filter(({ expirationDate }) => expirationDate !== undefined).length;
		if (done !== COUNT || out.length !== COUNT)
			throw new Error(`${workflow.path}: ${done} of ${COUNT} updated`);
		const inFlight = Math.max(...sim.requests.map((request) => request.inFlight + 1));
		return { seconds, cpu, inFlight };
	};
	// The first run of each only warms up n8n.
	for (let run = -1; run < bench.runs; run++) {
		for (const [workflow, runs] of rotated([...results], run + 1)) {
			const measurement = await measure(workflow);
			if (run >= 0) runs.push(measurement);
		}
	}
	const figures = (workflow) => {
		const runs = results.get(workflow);
		return {
			seconds: median(runs.map((run) => run.seconds)),
			cpu: median(runs.map((run) => run.cpu)),
			inFlight: Math.max(...runs.map((run) => run.inFlight)),
		};
	};
	const [ownResult, otherResult] = [figures(ours), figures(theirs)];
	const describeOutcome = ({ seconds, cpu, inFlight }) =>
		`${asSeconds(seconds)} (CPU ${asSeconds(cpu)}, ${asCount(inFlight)} in flight)`;
	const ratio = ownResult.seconds / otherResult.seconds;
	const floor = (COUNT / CONCURRENCY) * (LATENCY_MS / 1000);
	bench.notes.push(
		`2,000 updates: with ${CONCURRENCY} calls in flight at ${LATENCY_MS} ms each, the minimum is ${asSeconds(floor)}. HTTP Request sends all at once.`,
	);
	return [
		{
			what: '2,000 updates at 50 ms latency: elapsed time',
			goal: `at most ${asRatio(MAX_RATIO)}, at most ${CONCURRENCY} in flight`,
			ours: describeOutcome(ownResult),
			theirs: describeOutcome(otherResult),
			ratio: asRatio(ratio),
			met: ratio <= MAX_RATIO && ownResult.inFlight <= CONCURRENCY,
			runs: bench.runs,
		},
	];
}
