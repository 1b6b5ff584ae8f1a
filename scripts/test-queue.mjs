import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { node24, root } from './lib/paths.mjs';
import { ended, start, toolEnv } from './lib/process.mjs';
import { step } from './lib/progress.mjs';
import { ensureSetup } from './setup.mjs';

// Two workers of n8n's queue mode share one token; see test/queue/index.mjs for the arguments, e.g.
// npm run test:queue -- --quick

stopOnInterrupt();
await ensureSetup();
await ensureN8n();
await step('Building and packing the node', ensureTarball);

const args = [join(root, 'test', 'queue', 'index.mjs'), ...process.argv.slice(2)];
process.exitCode = await ended(
	start(node24, args, { cwd: root, env: toolEnv(), stdio: 'inherit' }),
);
