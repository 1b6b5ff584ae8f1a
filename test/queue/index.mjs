import { parseArgs } from 'node:util';
import { writeSection } from '../../scripts/lib/benchmarks.mjs';
import { stopOnInterrupt } from '../../scripts/lib/interrupt.mjs';
import { stopAll } from '../../scripts/lib/process.mjs';
import { step } from '../../scripts/lib/progress.mjs';
import { measure } from './creates.mjs';
import { findings, section } from './report.mjs';
import { QueueTestEnvironment } from './testEnvironment.mjs';

const FULL = 300;
const QUICK = 80;

// --quick: 160 records in place of 600, a minute in place of six. Only the full run is written to
// BENCHMARKS.md.
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

const state = stopOnInterrupt();
const environment = new QueueTestEnvironment();
try {
	const count = values.quick ? QUICK : FULL;
	await step('Starting n8n in queue mode with two workers', () => environment.start());
	const outcome = await step(`Creating 2 x ${count} records at 100 a minute`, () =>
		measure(environment, count),
	);
	const text = section(outcome);
	console.log(`\n${text}\n`);
	const wrong = findings(outcome);
	for (const finding of wrong) console.error(finding);
	process.exitCode = wrong.length === 0 ? 0 : 1;
	if (!values.quick && wrong.length === 0) writeSection('Queue mode', text);
} finally {
	if (!state.interrupted) {
		await environment.close();
		await stopAll();
	}
}
