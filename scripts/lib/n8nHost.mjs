import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { DEFAULT_N8N_VERSION, n8nVersion } from './n8nVersions.mjs';
import { hostFolder, node24, root } from './paths.mjs';
import { run, toolEnv } from './process.mjs';
import { step } from './progress.mjs';
import { hash, isStamped, stamp } from './stamp.mjs';

/**
 * An installed n8n.
 *
 * @typedef {object} N8nHost
 * @property {string} version
 * @property {string} folder
 * @property {string} node the Node that runs it
 * @property {string} bin n8n's entry point
 * @property {string} modules the folder that contains n8n and its dependencies
 * @property {Record<string, string>} env environment variables that this version needs
 */

const PROGRESS_INTERVAL_MS = 10_000;
const pnpm = join(root, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');

/** Node 24's C headers, which come with the Node in node_modules. */
function nodeHeaders() {
	const parent = join(root, 'node_modules', 'node', 'node_modules');
	const folders = existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
	return folders.find((folder) => existsSync(join(folder, 'include', 'node', 'node.h')));
}

/** The npm package with Node and its headers for this machine; it has no install script. */
const nodePackage = `node-${process.platform}-${process.arch}`;

const ownNode = (folder) => join(folder, 'runtime', 'node_modules', nodePackage);

function installEnv(version, folder) {
	const own = n8nVersion(version).node && ownNode(folder);
	const headers = own || nodeHeaders();
	const env = toolEnv({
		CI: 'true',
		// Only sqlite3 is compiled; with fewer optimizations this takes half the time.
		CFLAGS: '-O1',
		CXXFLAGS: '-O1',
		JOBS: '2',
		// `npm start` passes on this project's .npmrc, which disables install scripts.
		npm_config_ignore_scripts: 'false',
		...(headers && { npm_config_nodedir: headers }),
	});
	// Native modules must be compiled with the Node that runs them.
	return own ? { ...env, PATH: `${join(own, 'bin')}${delimiter}${env.PATH}` } : env;
}

function manifest(version) {
	return {
		name: 'n8n-host',
		private: true,
		dependencies: { n8n: version },
		pnpm: { overrides: n8nVersion(version).overrides, onlyBuiltDependencies: ['sqlite3'] },
	};
}

/** pnpm reports its progress many times a second; this logs only one line every ten seconds. */
function throttledProgress() {
	let last = Date.now();
	return (line) => {
		if (!line.startsWith('Progress:') || Date.now() - last < PROGRESS_INTERVAL_MS) return;
		last = Date.now();
		console.log(`  ${line}`);
	};
}

const nodeOf = (version, folder) =>
	n8nVersion(version).node ? join(ownNode(folder), 'bin', 'node') : node24;

/** @param {string} version @returns {N8nHost} */
function describe(version) {
	const folder = join(hostFolder, version);
	const n8n = realpathSync(join(folder, 'node_modules', 'n8n'));
	const { env } = n8nVersion(version);
	return {
		version,
		folder,
		node: nodeOf(version, folder),
		bin: join(n8n, 'bin', 'n8n'),
		modules: dirname(n8n),
		env,
	};
}

async function pnpmInstall(node, folder, content, env) {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify(content, null, '\t'));
	const flags = ['--no-optional', '--ignore-workspace', '--reporter=append-only'];
	await run(node, [pnpm, 'install', ...flags], { cwd: folder, env, onLine: throttledProgress() });
}

async function install(version, folder) {
	const { node: nodeVersion } = n8nVersion(version);
	const env = installEnv(version, folder);
	if (nodeVersion) {
		const runtime = { private: true, dependencies: { [nodePackage]: nodeVersion } };
		await pnpmInstall(node24, join(folder, 'runtime'), runtime, env);
	}
	await pnpmInstall(nodeOf(version, folder), folder, manifest(version), env);
	const { modules, node } = describe(version);
	const open =
		"new (require('sqlite3').Database)(':memory:', (error) => { if (error) throw error; })";
	await run(node, ['-e', open], { cwd: modules });
}

/**
 * Installs a version of n8n for this checkout unless it is installed. Removes what an interrupted or failed attempt left
 * behind.
 *
 * @param {string} [version]
 * @returns {Promise<N8nHost>}
 */
export async function ensureN8n(version = DEFAULT_N8N_VERSION) {
	const folder = join(hostFolder, version);
	const stampFile = join(folder, '.installed');
	const expectedStamp = hash(JSON.stringify(manifest(version)));
	if (isStamped(stampFile, expectedStamp)) return describe(version);

	rmSync(folder, { recursive: true, force: true });
	const label = `Installing n8n ${version} (about two minutes and 2 GB the first time)`;
	try {
		await step(label, async () => await install(version, folder));
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
	stamp(stampFile, expectedStamp);
	return describe(version);
}
