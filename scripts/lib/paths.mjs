import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Commands of the installed packages; holds Node 24 after setup. */
export const binFolder = join(root, 'node_modules', '.bin');

/** Node 24, whatever Node the machine has. There after setup. */
export const node24 = join(binFolder, 'node');

/** Everything that `npm start` keeps between runs; git-ignored. */
export const hostFolder = join(root, '.n8n-host');
