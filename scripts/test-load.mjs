import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { runNodeTests } from './lib/nodeTests.mjs';
import { root } from './lib/paths.mjs';

// Runs a day of polls, imports and exports in one process, with a clock that is 60 times as fast and skips the hours
// between them, and checks that nothing is left behind.

stopOnInterrupt();
await runNodeTests(
	join(root, 'test', 'load', 'index.mjs'),
	['--expose-gc', ...process.argv.slice(2)],
	{},
);
