import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { runHere, toolEnv } from './lib/process.mjs';
import { step } from './lib/progress.mjs';

// Runs test/workflows in a real n8n: with --n8n=1.123.81 in that version. Other arguments go to
// node's test runner, e.g. npm run test:n8n -- --test-name-pattern='New hire'

const VERSION = '--n8n=';
const folder = join(root, 'test', 'workflows');

const versions = process.argv.find((arg) => arg.startsWith(VERSION));
const own = process.argv.slice(2).filter((arg) => arg !== versions);

stopOnInterrupt();
const { version } = await ensureN8n(versions?.slice(VERSION.length));
await step('Building and packing the node', ensureTarball);

const files = readdirSync(folder)
	.filter((name) => name.endsWith('.test.mjs'))
	.map((name) => join(folder, name));
const reporter = own.some((arg) => arg.startsWith('--test-reporter'))
	? []
	: ['--test-reporter=spec'];
const runner = ['--test', '--test-isolation=none', '--test-concurrency=1', ...reporter, ...own];

await runHere([...runner, ...files], toolEnv({ N8N_UNDER_TEST: version }));
