import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { runHere } from './lib/process.mjs';
import { step } from './lib/progress.mjs';

// Two workers of n8n's queue mode share one token; see test/queue/index.mjs for the arguments, e.g.
// npm run test:queue -- --quick

stopOnInterrupt();
await ensureN8n();
await step('Building and packing the node', ensureTarball);

await runHere([join(root, 'test', 'queue', 'index.mjs'), ...process.argv.slice(2)]);
