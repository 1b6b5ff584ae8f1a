import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { runHere } from './lib/process.mjs';
import { step } from './lib/progress.mjs';

// Tests two workers of n8n's queue mode that share one token. For the arguments see
// test/queue/index.mjs, e.g. npm run test:queue -- --quick

stopOnInterrupt();
await ensureN8n();
await step('Building and packing the node', ensureTarball);

await runHere([join(root, 'test', 'queue', 'index.mjs'), ...process.argv.slice(2)]);
