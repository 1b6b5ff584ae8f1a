import { join } from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { runNodeTests } from './lib/nodeTests.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { step } from './lib/progress.mjs';

// Tests the editor of a real n8n in a real browser, and writes the screenshots in docs/images.
// Arguments are passed to node's test runner, e.g. npm run test:e2e -- --test-name-pattern=trigger

stopOnInterrupt();
try {
	const chromium = await ensureChromium();
	await ensureN8n();
	await step('Building and packing the node', ensureTarball);

	const file = join(root, 'test', 'e2e', 'editor.test.mjs');
	await runNodeTests(file, process.argv.slice(2), { CHROMIUM_PATH: chromium });
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
