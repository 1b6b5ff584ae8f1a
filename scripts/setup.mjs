import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { binFolder, node24, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { step } from './lib/progress.mjs';
import { hash, isStamped, stamp } from './lib/stamp.mjs';

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.samsara-setup');

// npm puts node_modules/.bin first on the PATH; `npm ci` must not run on the Node that it removes.
function machineEnv() {
	const path = (process.env.PATH ?? '').split(delimiter).filter((part) => part !== binFolder);
	return { ...process.env, PATH: path.join(delimiter) };
}

// Somebody may have run `npm install` instead: npm notes in node_modules what it put there.
function isInstalled(lockText) {
	const installedFile = join(modules, '.package-lock.json');
	if (!existsSync(installedFile)) return false;
	const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
	return Object.entries(JSON.parse(lockText).packages)
		.filter(([path, entry]) => path !== '' && (!entry.optional || installed[path]))
		.every(([path, entry]) => installed[path]?.integrity === entry.integrity);
}

// The headers beside Node are needed to build n8n's database module.
const hasNode24 = () => existsSync(node24) && existsSync(join(modules, 'node', 'node_modules'));

/**
 * Brings node_modules in line with package-lock.json and makes Node 24 ready in it.
 * Returns at once when that is so already.
 *
 * @param {(line: string) => void} [log]
 */
export async function ensureSetup(log = console.log) {
	const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
	const wanted = hash(lockText);
	if (isStamped(stampFile, wanted) && hasNode24()) return;

	const env = machineEnv();
	if (!isInstalled(lockText)) {
		await step(
			'Installing packages with npm (a minute or two the first time)',
			async () => await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { env }),
			log,
		);
	}
	// Install steps are off for this project, and this package fetches Node in its own.
	if (!hasNode24()) {
		const args = ['rebuild', 'node', '--ignore-scripts=false'];
		await step('Fetching Node 24', async () => await run('npm', args, { env }), log);
	}
	stamp(stampFile, wanted);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	await ensureSetup().catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
