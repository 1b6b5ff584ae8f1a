import { asCount, asRatio, asSeconds } from '../bench/numbers.mjs';

const PER_MINUTE = 100;

/** The first hundred go at once, the last a window after those before them. */
const floorSeconds = (records) => (Math.ceil(records / PER_MINUTE) - 1) * 60;

/**
 * What is not as it has to be.
 *
 * @param {import('./creates.mjs').Outcome} outcome
 * @returns {string[]}
 */
export function findings({ count, statuses, items, taken, lost, doubled }) {
	return [
		[statuses.every((status) => status === 'success'), `Executions ended ${statuses.join(', ')}`],
		[items.every((put) => put === count), `${items.join(' and ')} of ${count} items came out`],
		[taken.every((executions) => executions === 1), `Workers took ${taken.join(' and ')}`],
		[lost === 0, `${lost} records were lost`],
		[doubled === 0, `${doubled} records were made more than once`],
	]
		.filter(([isFine]) => !isFine)
		.map(([, what]) => what);
}

/** The result as a section of BENCHMARKS.md. @param {import('./creates.mjs').Outcome} outcome */
export function section(outcome) {
	const { version, count, seconds, lost, doubled, calls, refused } = outcome;
	const records = asCount(2 * count);
	const floor = floorSeconds(2 * count);
	const share = ((100 * refused) / calls).toFixed(1);
	return `n8n ${version} in queue mode: the main process, Redis, SQLite and two workers that take one execution each.
Both executions create ${count} records with the same token, at 100 a minute for both together, on the real clock. The
workers are processes of their own and know nothing of each other: the API's 429s teach them the pace.
\`npm run test:queue\` measures again and writes this section. Measured once, on ${new Date().toISOString().slice(0, 10)}.

| | |
| --- | --- |
| Records asked for | ${records} |
| Lost | ${lost} |
| Made more than once | ${doubled} |
| Calls that create | ${asCount(calls)} |
| Refused with 429, and sent again later | ${asCount(refused)} (${share} % of the calls) |
| Time | ${asSeconds(seconds)}, ${asRatio(seconds / floor)} of the floor of ${floor} s |`;
}
