import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { runHere, toolEnv } from './lib/process.mjs';
import { root } from './lib/paths.mjs';

stopOnInterrupt();

// jest loads the simulator, an ES module, only with this option.
const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`;
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

await runHere([jest, ...process.argv.slice(2)], toolEnv({ NODE_OPTIONS: nodeOptions.trim() }));
