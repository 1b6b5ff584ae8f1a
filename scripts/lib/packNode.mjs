import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hostFolder, node24, root } from './paths.mjs';
import { run } from './process.mjs';
import { hash, hashFiles, isStamped, stamp } from './stamp.mjs';

const packFolder = join(hostFolder, 'pack');

/** What the tarball is made from. */
const sources = [
	'credentials',
	'nodes',
	'icons',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'gulpfile.js',
	'README.md',
	'LICENSE',
];

/** The name of the package. */
export const packageName = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name;

/** Builds `dist`. */
async function buildNode() {
	await run(node24, [join(root, 'node_modules', 'gulp', 'bin', 'gulp.js')]);
}

/** Unpacks a tarball of npm, whose files lie in a folder `package`. */
async function unpack(tarball, folder) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/** Packs `dist` as `npm publish` would. @returns {Promise<string>} the tarball */
async function packNode(folder) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await run('npm', ['pack', '--silent', `--pack-destination=${folder}`]);
	return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}

/**
 * The tarball of the sources as they are; built only when they changed since the last time.
 *
 * @returns {Promise<{ tarball: string, sourceHash: string }>}
 */
export async function ensureTarball() {
	const sourceHash = hashFiles(sources);
	const stampFile = join(packFolder, 'stamp');
	const [cached] = existsSync(packFolder)
		? readdirSync(packFolder).filter((name) => name.endsWith('.tgz'))
		: [];
	if (cached && isStamped(stampFile, sourceHash)) {
		return { tarball: join(packFolder, cached), sourceHash };
	}
	await buildNode();
	const tarball = await packNode(packFolder);
	stamp(stampFile, sourceHash);
	return { tarball, sourceHash };
}

/** The unpacked tarball of the sources as they are. @returns {Promise<string>} the folder */
export async function ensureUnpacked() {
	const { tarball } = await ensureTarball();
	const folder = join(hostFolder, 'unpacked', 'node_modules', packageName);
	await unpack(tarball, folder);
	return folder;
}

/**
 * Puts the packed node where n8n keeps its community nodes. n8n reads it when it starts.
 *
 * @param {string} userFolder
 * @returns {Promise<string>} the folder that the package lies in
 */
export async function installNode(userFolder) {
	const { tarball, sourceHash } = await ensureTarball();
	const nodes = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodes, 'node_modules', packageName);
	const stampFile = join(nodes, `.${packageName}`);
	const expectedStamp = hash(sourceHash);
	if (!existsSync(folder) || !isStamped(stampFile, expectedStamp)) {
		await unpack(tarball, folder);
		stamp(stampFile, expectedStamp);
	}
	return folder;
}
