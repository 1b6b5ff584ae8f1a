import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** The commands of the installed packages; after setup, Node 24 is one of them. */
export const binFolder = join(root, 'node_modules', '.bin');

/** Node 24, whichever Node the machine has. It exists after setup. */
export const node24 = join(binFolder, 'node');

/** Everything that is kept between runs of n8n; ignored by git. */
export const hostFolder = join(root, '.n8n-host');
