import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check, report } from '../test/live/check.mts';
import { hostOf, LiveClient } from '../test/live/client.mts';
import { clean, Journal } from '../test/live/throwaway.mts';
import { root } from './lib/paths.mjs';

// Settles the questions in docs/open-questions.md on a real account: npm run check:live -- [--write | --clean]

const folder = process.env.CHECK_LIVE_FOLDER ?? root;
const journal = new Journal(join(folder, '.check-live.json'));
const reportFile = join(folder, 'check-live-report.md');
const REGIONS = ['us', 'eu', 'ca'];

async function run() {
	const { values } = parseArgs({
		options: { write: { type: 'boolean' }, clean: { type: 'boolean' } },
	});
	const { SAMSARA_API_TOKEN: token, SAMSARA_REGION: region = 'us' } = process.env;
	if (!token) throw new Error('Set SAMSARA_API_TOKEN, and SAMSARA_REGION to us, eu, or ca.');
	const live = new LiveClient({ host: hostOf(region), token: token.trim() });
	if (values.clean) {
		console.log(`Removed ${await clean(live, journal)} things of earlier runs.`);
		return;
	}
	const stop = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			if (!stop.signal.aborted) console.log('\nStopping. What was created is being removed.');
			process.exitCode = 130;
			stop.abort();
		});
	}
	const write = values.write === true;
	const results = await check(live, journal, {
		write,
		signal: stop.signal,
		onResult({ question, seen, assumes, verdict }) {
			console.log(`${question}\n  Seen: ${seen}\n  The node: ${assumes}\n  Verdict: ${verdict}\n`);
		},
	});
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const place = REGIONS.includes(region) ? region : 'custom';
	writeFileSync(reportFile, report(results, { version, region: place, write }));
	console.log(`Report: ${reportFile}`);
}

await run().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
