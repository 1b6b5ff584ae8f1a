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
const OAUTH2 = 400;

// --oauth2 shares an OAuth2 credential whose tokens expire: each must be renewed by one of the workers only.
// --quick creates 160 records instead of 600, in one minute instead of six. Only the full run writes BENCHMARKS.md.
const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		oauth2: { type: 'boolean', default: false },
	},
});

/** Shares a connection whose tokens expire, and returns what went wrong. */
async function runOAuth2(environment) {
	await environment.connect();
	const outcome = await step(`Creating 2 x ${OAUTH2} records`, () => measure(environment, OAUTH2));
	const { requests } = environment.sim;
	const renewals = requests.filter(({ path }) => path === '/oauth2/token');
	console.log(outcome, `${renewals.length} renewals`);
	const problems = findProblems(outcome);
	if (renewals.length < 2) problems.push('No token expired');
	if (renewals.some(({ status }) => status !== 200)) problems.push('A renewal was refused');
	return problems;
}

/** Shares an API token, and returns what went wrong. */
async function runToken(environment, count) {
	const outcome = await step(`Creating 2 x ${count} records at 100 a minute`, () =>
		measure(environment, count),
	);
	const text = section(outcome);
	console.log(`\n${text}\n`);
	const problems = findProblems(outcome);
	if (!values.quick && problems.length === 0) writeSection('Queue mode', text);
	return problems;
}

const state = stopOnInterrupt();
const environment = new QueueTestEnvironment();
try {
	await step('Starting n8n in queue mode with two workers', () => environment.start());
	const problems = values.oauth2
		? await runOAuth2(environment)
		: await runToken(environment, values.quick ? QUICK : FULL);
	for (const problem of problems) console.error(problem);
	process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
	if (!state.interrupted) {
		await environment.close();
		await stopAll();
	}
}
