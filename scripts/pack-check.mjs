import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lockFindings } from './lib/lockFile.mjs';
import { manifestFindings } from './lib/manifestGate.mjs';
import { loadPackage } from './lib/loadPackage.mjs';
import { ensureUnpacked } from './lib/packNode.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const OUTSIDE_DIST = ['LICENSE', 'README.md', 'package.json'];

/** The files that `npm publish` would put in the tarball. */
async function packedFiles() {
	const { stdout } = await run('npm', ['pack', '--dry-run', '--json']);
	return Object.values(JSON.parse(stdout))[0].files.map(({ path }) => path);
}

function listFindings(files) {
	const strays = files.filter((file) => !file.startsWith('dist/') && !OUTSIDE_DIST.includes(file));
	const missing = OUTSIDE_DIST.filter((file) => !files.includes(file));
	return [
		...strays.map((file) => `${file} must not be in the tarball`),
		...missing.map((file) => `${file} is missing from the tarball`),
	];
}

/** The other files that the built code needs: the nodes' code, icons, codex files and output previews. */
function companionsOf(manifest, folder) {
	const { nodes, credentials } = manifest.n8n;
	const needed = [...nodes, ...credentials].flatMap((file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		const matches = [
			...text.matchAll(/['"`]file:([^'"`]+\.(?:svg|png))\\?['"`]/g),
			...text.matchAll(/require\('(\.[^']+)'\)/g),
		];
		return matches.map(([, path]) => posix.join(posix.dirname(file), path));
	});
	const codex = nodes.map((file) => file.replace(/\.js$/, '.json'));
	const previews = readdirSync(join(root, 'nodes'), { recursive: true })
		.filter((file) => /(^|\/)__schema__\/.*\.json$/.test(file))
		.map((file) => `dist/nodes/${file}`);
	return [...needed, ...codex, ...previews];
}

async function loadFindings(manifest, folder) {
	const loaded = await loadPackage(folder).catch((error) => error);
	if (loaded instanceof Error) return [`n8n cannot load the package: ${loaded.message}`];
	const { nodes, credentials } = loaded;
	const names = { nodes: Object.keys(nodes), credentials: Object.keys(credentials) };
	console.log(
		`n8n loads nodes ${names.nodes.join(', ')}; credentials ${names.credentials.join(', ')}`,
	);
	const findings = [];
	if (!names.nodes.includes('samsara')) findings.push("n8n does not list node 'samsara'");
	if (!names.credentials.includes('samsaraApi')) {
		findings.push("n8n does not list credential 'samsaraApi'");
	}
	for (const entries of ['nodes', 'credentials']) {
		const count = manifest.n8n[entries].length;
		if (names[entries].length !== count) {
			findings.push(
				`package.json lists ${count} ${entries}, but n8n loads ${names[entries].length}`,
			);
		}
	}
	return findings;
}

const folder = await ensureUnpacked();
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const files = await packedFiles();
const entries = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
const missing = entries.filter((file) => !files.includes(file));
const findings = [
	...manifestFindings(manifest),
	...lockFindings(lock.packages),
	...listFindings(files),
	...missing.map((file) => `package.json lists ${file}, which is missing from the tarball`),
];
if (missing.length === 0) {
	const companions = companionsOf(manifest, folder).filter((file) => !files.includes(file));
	findings.push(...companions.map((file) => `${file} is missing from the tarball`));
	findings.push(...(await loadFindings(manifest, folder)));
}
for (const finding of findings) console.error(finding);
console.log(`Pack check: ${files.length} files, ${findings.length} findings`);
// n8n-core leaves timers running.
process.exit(findings.length === 0 ? 0 : 1);
