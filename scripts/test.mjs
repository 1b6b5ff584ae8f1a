import { join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { ended, start, toolEnv } from './lib/process.mjs';
import { node24, root } from './lib/paths.mjs';
import { ensureSetup } from './setup.mjs';

stopOnInterrupt();
await ensureSetup();

// The simulator is an ES module, which jest loads under this option only.
const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`;
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

process.exitCode = await ended(
	start(node24, [jest, ...process.argv.slice(2)], {
		cwd: root,
		env: toolEnv({ NODE_OPTIONS: nodeOptions.trim() }),
		stdio: 'inherit',
	}),
);
