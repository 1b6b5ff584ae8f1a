import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { runNodeTests } from './lib/nodeTests.mjs';
import { ensureTarball } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { step } from './lib/progress.mjs';

// Tests the trigger in a large account, with polls that n8n's scheduler abandons after 45 seconds.

stopOnInterrupt();
await ensureN8n();
await step('Building and packing the node', ensureTarball);

await runNodeTests(join(root, 'test', 'scheduler', 'index.mjs'), process.argv.slice(2), {});
