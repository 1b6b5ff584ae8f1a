import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hostFolder, node24, root } from './paths.mjs';
import { run } from './process.mjs';
import { hash, hashFiles, isStamped, stamp } from './stamp.mjs';

const packFolder = join(hostFolder, 'pack');

/** The files that the tarball is built from. */
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

/** Unpacks an npm tarball, whose files are in a folder `package`. */
export async function unpack(tarball, folder) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/** Packs `dist` as `npm publish` does. @returns {Promise<string>} the path of the tarball */
async function packNode(folder) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await run('npm', ['pack', '--silent', `--pack-destination=${folder}`]);
	return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}

/**
 * Builds the tarball from the current sources, unless they have not changed since the last build.
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

/** Unpacks the tarball of the current sources. @returns {Promise<string>} the folder */
export async function ensureUnpacked() {
	const { tarball } = await ensureTarball();
	const folder = join(hostFolder, 'unpacked', 'node_modules', packageName);
	await unpack(tarball, folder);
	return folder;
}

/**
 * Installs the packed node where n8n keeps its community nodes, which it loads at startup.
 *
 * @param {string} userFolder
 * @returns {Promise<string>} the folder of the installed package
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
