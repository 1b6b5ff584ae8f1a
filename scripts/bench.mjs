import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { runHere } from './lib/process.mjs';
import { step } from './lib/progress.mjs';

// Measures our node against n8n's HTTP Request node in a real n8n. For the arguments see
// test/bench/index.mjs, e.g. npm run bench -- --quick --only=list,updates

stopOnInterrupt();
await ensureN8n();
await step('Building and packing the node', ensureTarball);

await runHere([join(root, 'test', 'bench', 'index.mjs'), ...process.argv.slice(2)]);
