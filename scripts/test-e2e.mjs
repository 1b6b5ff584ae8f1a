import { join } from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { runHere, toolEnv } from './lib/process.mjs';
import { step } from './lib/progress.mjs';

// Drives the editor of a real n8n in a real browser, and writes the pictures of docs/images.
// Arguments go to node's test runner, e.g. npm run test:e2e -- --test-name-pattern=trigger

stopOnInterrupt();
try {
	const chromium = await ensureChromium();
	await ensureN8n();
	await step('Building and packing the node', ensureTarball);

	const own = process.argv.slice(2);
	const reporter = own.some((arg) => arg.startsWith('--test-reporter'))
		? []
		: ['--test-reporter=spec'];
	const file = join(root, 'test', 'e2e', 'editor.test.mjs');
	const runner = ['--test', '--test-isolation=none', '--test-concurrency=1', ...reporter, ...own];
	await runHere([...runner, file], toolEnv({ CHROMIUM_PATH: chromium }));
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
