// Runs before any package is installed, so it must not import any.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { binFolder, node24, root } from './lib/paths.mjs';
import { step } from './lib/progress.mjs';
import { hash, isStamped, stamp } from './lib/stamp.mjs';

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.samsara-setup');

// npm puts node_modules/.bin first on the PATH, but `npm ci` must not run on the Node that it is about to delete.
function machineEnv() {
	const path = (process.env.PATH ?? '').split(delimiter).filter((part) => part !== binFolder);
	return { ...process.env, PATH: path.join(delimiter) };
}

// Somebody may have run `npm install` instead: npm records in node_modules what it installed.
function isInstalled(lockText) {
	const installedFile = join(modules, '.package-lock.json');
	if (!existsSync(installedFile)) return false;
	const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
	return Object.entries(JSON.parse(lockText).packages)
		.filter(([path, entry]) => path !== '' && (!entry.optional || installed[path]))
		.every(([path, entry]) => installed[path]?.integrity === entry.integrity);
}

// n8n's database module is built with the headers that come with Node.
const hasNode24 = () => existsSync(node24) && existsSync(join(modules, 'node', 'node_modules'));

let child;

async function npm(args) {
	const options = { cwd: root, env: machineEnv(), stdio: ['ignore', 'pipe', 'pipe'] };
	child = spawn('npm', args, options);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => (output += text));
	}
	const [code] = await once(child, 'close');
	if (code !== 0)
		throw new Error(`'npm ${args.join(' ')}' failed with exit code ${code}\n${output}`);
}

/** Installs what package-lock.json lists, and Node 24. */
async function setUp() {
	const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
	const expectedStamp = hash(lockText);
	if (isStamped(stampFile, expectedStamp) && hasNode24()) return;

	if (!isInstalled(lockText)) {
		const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
		await step('Installing packages with npm (a minute or two the first time)', () => npm(args));
	}
	// Install scripts are disabled in this project, but this package downloads Node in its own.
	if (!hasNode24()) {
		await step('Downloading Node 24', () => npm(['rebuild', 'node', '--ignore-scripts=false']));
	}
	stamp(stampFile, expectedStamp);
}

stopOnInterrupt(async () => void child?.kill());
await setUp().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
