import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { runNodeTests } from './lib/nodeTests.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { step } from './lib/progress.mjs';

// Runs test/workflows in a real n8n, with --n8n=1.123.81 in that version. Other arguments are passed to
// node's test runner, e.g. npm run test:n8n -- --test-name-pattern='New hire'

const VERSION = '--n8n=';
const file = join(root, 'test', 'workflows', 'n8n.test.mjs');

const args = process.argv.slice(2);
const versionArg = args.find((arg) => arg.startsWith(VERSION));
const testArgs = args.filter((arg) => arg !== versionArg);

stopOnInterrupt();
const { version } = await ensureN8n(versionArg?.slice(VERSION.length));
await step('Building and packing the node', ensureTarball);

await runNodeTests(file, testArgs, { N8N_UNDER_TEST: version });
