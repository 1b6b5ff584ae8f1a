import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { node24, root } from './lib/paths.mjs';
import { ended, start, toolEnv } from './lib/process.mjs';
import { step } from './lib/progress.mjs';
import { ensureSetup } from './setup.mjs';

// Runs test/workflows in a real n8n. Arguments go to node's test runner, e.g.
// npm run test:n8n -- --test-name-pattern='New hire'

const folder = join(root, 'test', 'workflows');

stopOnInterrupt();
await ensureSetup();
await ensureN8n();
await step('Building and packing the node', ensureTarball);

const files = readdirSync(folder)
	.filter((name) => name.endsWith('.test.mjs'))
	.map((name) => join(folder, name));
const own = process.argv.slice(2);
const reporter = own.some((arg) => arg.startsWith('--test-reporter'))
	? []
	: ['--test-reporter=spec'];
const runner = ['--test', '--test-isolation=none', '--test-concurrency=1', ...reporter, ...own];

process.exitCode = await ended(
	start(node24, [...runner, ...files], { cwd: root, env: toolEnv(), stdio: 'inherit' }),
);
