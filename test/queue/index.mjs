import { parseArgs } from 'node:util';
import { writeSection } from '../../scripts/lib/benchmarks.mjs';
import { stopOnInterrupt } from '../../scripts/lib/interrupt.mjs';
import { stopAll } from '../../scripts/lib/process.mjs';
import { step } from '../../scripts/lib/progress.mjs';
import { measure } from './creates.mjs';
import { findProblems, section } from './report.mjs';
import { QueueTestEnvironment } from './testEnvironment.mjs';

const FULL = 300;
const QUICK = 80;

// --quick creates 160 records instead of 600, in one minute instead of six. Only the full run writes BENCHMARKS.md.
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
	const problems = findProblems(outcome);
	for (const problem of problems) console.error(problem);
	process.exitCode = problems.length === 0 ? 0 : 1;
	if (!values.quick && problems.length === 0) writeSection('Queue mode', text);
} finally {
	if (!state.interrupted) {
		await environment.close();
		await stopAll();
	}
}
