import { asCount, asRatio, asSeconds } from '../bench/numbers.mjs';

const PER_MINUTE = 100;

/** The minimum time: 100 records go at once, and every further 100 a minute later. */
const floorSeconds = (records) => (Math.ceil(records / PER_MINUTE) - 1) * 60;

/**
 * Everything that went wrong.
 *
 * @param {import('./creates.mjs').Outcome} outcome
 * @returns {string[]}
 */
export function findProblems({ count, statuses, items, executionsPerWorker, lost, doubled }) {
	return [
		[
			statuses.every((status) => status === 'success'),
			`The executions ended with status ${statuses.join(', ')}`,
		],
		[
			items.every((output) => output === count),
			`The executions returned ${items.join(' and ')} items instead of ${count}`,
		],
		[
			executionsPerWorker.every((number) => number === 1),
			`The workers ran ${executionsPerWorker.join(' and ')} executions instead of one each`,
		],
		[lost === 0, `${lost} records were lost`],
		[doubled === 0, `${doubled} records were created more than once`],
	]
		.filter(([isFine]) => !isFine)
		.map(([, problem]) => problem);
}

/** The outcome as a section of BENCHMARKS.md. @param {import('./creates.mjs').Outcome} outcome */
export function section(outcome) {
	const { version, count, seconds, lost, doubled, calls, refused } = outcome;
	const records = asCount(2 * count);
	const floor = floorSeconds(2 * count);
	const share = ((100 * refused) / calls).toFixed(1);
	return `n8n ${version} in queue mode: the main process, Redis, SQLite, and two workers that run one execution each.
Both executions create ${count} records with the same token, on the real clock, with a limit of 100 a minute for both together.
The workers are separate processes and do not know about each other. They slow down when the API answers with status 429.
\`npm run test:queue\` measures again and writes this section. Measured once, on ${new Date().toISOString().slice(0, 10)}.

| | |
| --- | --- |
| Records to create | ${records} |
| Lost | ${lost} |
| Created more than once | ${doubled} |
| Create calls | ${asCount(calls)} |
| Refused with 429 and sent again later | ${asCount(refused)} (${share}% of the calls) |
| Time | ${asSeconds(seconds)}, ${asRatio(seconds / floor)} times the minimum of ${floor} s |`;
}
