import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packageName } from '../../../scripts/lib/packNode.mjs';
import { root } from '../../../scripts/lib/paths.mjs';
import { run, toolEnv } from '../../../scripts/lib/process.mjs';
import { asRatio, median, rotated } from '../numbers.mjs';

// Published community nodes with about the same amount of code as ours.
const OTHERS = {
	'@mendable/n8n-nodes-firecrawl': '2.1.2',
	'@picsart/n8n-nodes-picsart-creative-apis': '5.4.8',
	'n8n-nodes-agencyzoom': '0.4.4',
	'n8n-nodes-evolution-api': '1.0.4',
	'n8n-nodes-hyros': '3.0.0',
};
const REPEATS = 3;
const GOAL = 0.75;
const script = join(root, 'test', 'bench', 'loadOnce.cjs');

/** Measures how long n8n takes to load our package and others, each in its own process. */
export async function loading(bench) {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-loading-'));
	try {
		await installOthers(folder);
		const installed = join(bench.userFolder, '.n8n', 'nodes', 'node_modules', packageName);
		cpSync(installed, join(folder, 'node_modules', packageName), { recursive: true });
		return await measure(bench, folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function installOthers(folder) {
	const manifest = { name: 'n8n-loading', private: true, dependencies: OTHERS };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	const flags = ['--ignore-scripts', '--omit=peer', '--omit=optional', '--no-audit', '--no-fund'];
	await run('npm', ['install', '--silent', ...flags], { cwd: folder });
}

async function measure(bench, folder) {
	const { host } = bench;
	const names = [packageName, ...Object.keys(OTHERS)];
	const env = toolEnv({
		// As in n8n: modules that a package does not contain come from n8n's own folder.
		NODE_PATH: [host.modules, process.env.NODE_PATH].filter(Boolean).join(delimiter),
		N8N_USER_FOLDER: folder,
		N8N_LOG_LEVEL: 'silent',
	});
	const times = new Map(names.map((name) => [name, []]));
	// The first round only warms the file cache.
	for (let round = 0; round <= bench.runs * REPEATS; round++) {
		for (const name of rotated(names, round)) {
			const args = [script, host.modules, join(folder, 'node_modules', name)];
			const { stdout } = await run(host.node, args, { env });
			if (round > 0) times.get(name).push(Number(stdout.trim().split('\n').at(-1)));
		}
	}
	const medians = new Map([...times].map(([name, all]) => [name, median(all)]));
	const ownResult = medians.get(packageName);
	const others = Object.keys(OTHERS);
	const theirs = median(others.map((name) => medians.get(name)));
	const listed = others.map(
		(name) => `${name} ${versionIn(folder, name)}: ${asMs(medians.get(name))}`,
	);
	bench.notes.push(`Time to load: ${listed.join(', ')}.`);
	return [
		{
			what: 'Time for n8n to load the package, compared with the median of five other packages',
			goal: `at most ${asRatio(GOAL)}`,
			ours: asMs(ownResult),
			theirs: asMs(theirs),
			ratio: asRatio(ownResult / theirs),
			met: ownResult / theirs <= GOAL,
			runs: bench.runs * REPEATS,
		},
	];
}

const asMs = (value) => `${value.toFixed(1)} ms`;

function versionIn(folder, name) {
	const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
	return JSON.parse(manifest).version;
}
