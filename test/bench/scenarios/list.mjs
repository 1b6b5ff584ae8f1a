import { http } from '../../../scripts/lib/http.mjs';
import { asCount, asRatio, asSeconds, median, rotated } from '../numbers.mjs';
import { httpRequest, last, samsara, splitOut } from '../nodes.mjs';

const COUNT = 50_000;
const GOALS = {
	raw: { seconds: 0.65, cpu: 0.65, peak: 0.9 },
	flat: { seconds: 0.7, cpu: 0.7, peak: 0.9 },
};
const START = '2015-01-01T00:00:00Z';
const STREAM = '/qualification-records/stream';

/** Lists 50,000 records, in a fresh n8n process each time. */
export async function list(bench) {
	const account = { drivers: 1000, vehicles: 0, trailers: 0, equipment: 0, records: COUNT };
	const { sim, credentials } = await bench.account(account);
	for (const record of sim.state.records.values()) record.recordStatus = 'active';
	const lastId = sim.state.recordsByChange().at(-1).id;

	const ours = (simplify) =>
		getAllRecords(credentials, { simplify, options: { pace: 'learn', concurrency: 20 } });
	const theirs = requestAllRecords(credentials, sim);
	const variants = {
		raw: { nodes: [ours(false)], idOf: (item) => item.id },
		pages: { nodes: [theirs], idOf: (item) => item.data.at(-1).id },
		split: { nodes: [theirs, splitOut('Records', 'data')], idOf: (item) => item.id },
		flat: { nodes: [ours(true)], idOf: (item) => item.id },
		// What n8n takes by itself.
		empty: { nodes: [], idOf: () => lastId },
	};
	for (const [name, variant] of Object.entries(variants)) {
		variant.workflow = await bench.workflow(`list-${name}`, [...variant.nodes, last]);
		variant.runs = [];
	}
	// The simulator's first pass is slower.
	await readAll(sim);
	for (let run = 0; run < bench.runs; run++) {
		for (const { workflow, idOf, runs } of rotated(Object.values(variants), run)) {
			await bench.restartN8n();
			sim.reset();
			const measurement = await bench.run(workflow, [{}]);
			const [item] = measurement.items;
			if (idOf(item) !== lastId) throw new Error(`${workflow.path} did not read all records`);
			runs.push({ ...measurement, calls: sim.requests.length });
		}
	}

	const figures = ({ runs }) => ({
		seconds: median(runs.map((run) => run.seconds)),
		cpu: median(runs.map((run) => run.cpu)),
		peak: median(runs.map((run) => run.peak)),
	});
	const [raw, pages, split, flat, empty] = Object.values(variants).map(figures);
	bench.notes.push(
		`List 50,000 records: each measurement covers the whole workflow (webhook, node, last item) in its own n8n process. HTTP Request returns ${asCount(variants.pages.runs[0].calls)} items, one per page. Our node returns one item per record. It also reads what has changed in the meantime: ${asCount(variants.raw.runs[0].calls)} calls. Peak memory is that of the whole process, including n8n's start: the same workflow without a node between its first and last one peaks at ${UNITS.peak(empty.peak)} and takes ${UNITS.cpu(empty.cpu)} of CPU.`,
	);
	const compare = (what, ownResult, otherResult, goals = {}) =>
		['seconds', 'cpu', 'peak'].map((measure) => {
			const ratio = ownResult[measure] / otherResult[measure];
			const goal = goals[measure];
			return {
				what: `${what}: ${LABELS[measure]}`,
				goal: goal === undefined ? 'none' : `at most ${asRatio(goal)}`,
				ours: UNITS[measure](ownResult[measure]),
				theirs: UNITS[measure](otherResult[measure]),
				ratio: asRatio(ratio),
				met: goal === undefined ? undefined : ratio <= goal,
				runs: bench.runs,
			};
		});
	return [
		...compare(
			'List 50,000 records (Simplify off), HTTP Request returning pages',
			raw,
			pages,
			GOALS.raw,
		),
		...compare('… with Split Out after HTTP Request, so both return records', raw, split),
		...compare(
			'… as flat rows with owner names, HTTP Request with Split Out',
			flat,
			split,
			GOALS.flat,
		),
	];
}

/** Our node, listing all records of drivers. */
export function getAllRecords(credentials, parameters) {
	return samsara(credentials, {
		resource: 'qualificationRecord',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
		filters: {},
		...parameters,
	});
}

/** HTTP Request, listing the same. */
export function requestAllRecords(credentials, sim) {
	return httpRequest(credentials, {
		method: 'GET',
		url: `${sim.url}${STREAM}`,
		query: {
			entityType: 'worker',
			startTime: START,
			endTime: new Date().toISOString(),
			includeExternalIds: 'true',
		},
		options: { pagination: { pagination } },
	});
}

async function readAll({ url, token }) {
	const query = { entityType: 'worker', startTime: START, endTime: new Date().toISOString() };
	const headers = { authorization: `Bearer ${token}` };
	for (let after = ''; ; ) {
		const params = { ...query, after };
		const { data } = await http.get(url + STREAM, { headers, params });
		const { hasNextPage, endCursor } = data.pagination;
		if (!hasNextPage) return;
		after = endCursor;
	}
}

const LABELS = { seconds: 'elapsed time', cpu: 'CPU', peak: 'peak memory' };
const UNITS = {
	seconds: asSeconds,
	cpu: asSeconds,
	peak: (value) => `${asCount(Math.round(value))} MB`,
};

const pagination = {
	paginationMode: 'updateAParameterInEachRequest',
	parameters: {
		parameters: [
			{ type: 'qs', name: 'after', value: '={{ $response.body.pagination.endCursor }}' },
		],
	},
	paginationCompleteWhen: 'other',
	completeExpression: '={{ !$response.body.pagination.hasNextPage }}',
	requestInterval: 0,
};
