import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { writeHead } from '../../scripts/lib/benchmarks.mjs';
import { stopOnInterrupt } from '../../scripts/lib/interrupt.mjs';
import { stopAll } from '../../scripts/lib/process.mjs';
import { step } from '../../scripts/lib/progress.mjs';
import { Bench } from './bench.mjs';
import { markdown, plainText, rows } from './report.mjs';
import { attributes } from './scenarios/attributes.mjs';
import { byId } from './scenarios/byId.mjs';
import { creates } from './scenarios/creates.mjs';
import { downloads } from './scenarios/downloads.mjs';
import { latency } from './scenarios/latency.mjs';
import { list } from './scenarios/list.mjs';
import { loading } from './scenarios/loading.mjs';
import { pickLists } from './scenarios/pickLists.mjs';
import { polls } from './scenarios/polls.mjs';
import { updates } from './scenarios/updates.mjs';

/**
 * One line of the report.
 *
 * @typedef {object} Finding
 * @property {string} what
 * @property {string} goal
 * @property {string} ours
 * @property {string} theirs the result of n8n's HTTP Request node, or of whatever else ours is compared with
 * @property {string} ratio
 * @property {boolean | undefined} met undefined if there is no goal
 * @property {number} runs
 */

const FULL_RUNS = 5;
const scenarios = {
	byId,
	attributes,
	creates,
	list,
	latency,
	downloads,
	polls,
	updates,
	loading,
	pickLists,
};

// --quick runs each measurement once. --only=a,b runs only these scenarios. BENCHMARKS.md is written only if all
// scenarios ran.
const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		only: { type: 'string', default: Object.keys(scenarios).join(',') },
	},
});
const selected = values.only.split(',');
const unknown = selected.find((name) => !(name in scenarios));
if (unknown !== undefined) {
	throw new Error(
		`Unknown scenario '${unknown}'. Choose from ${Object.keys(scenarios).join(', ')}`,
	);
}

const state = stopOnInterrupt();
const bench = new Bench(values.quick ? 1 : FULL_RUNS);
try {
	await step('Preparing n8n', () => bench.prepare());
	const findings = [];
	const loads = [loadavg()[0]];
	for (const name of selected) {
		const measured = await step(`Measuring ${name}`, () => scenarios[name](bench));
		// If a later scenario fails, at least this is known.
		console.log(rows(measured));
		findings.push(...measured);
		loads.push(loadavg()[0]);
	}
	const report = { findings, loads, notes: bench.notes, version: bench.host.version };
	console.log(`\n${plainText(report)}\n`);
	if (selected.length === Object.keys(scenarios).length) {
		writeHead(markdown(report));
	}
} finally {
	if (!state.interrupted) {
		await bench.close();
		await stopAll();
	}
}
