import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

/** @param {...(string | Buffer)} parts */
export function hash(...parts) {
	const sum = createHash('sha256');
	for (const part of parts) sum.update(`${part.length}:`).update(part);
	return sum.digest('hex');
}

function filesIn(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesIn(join(path, name)));
}

/**
 * Hashes the names and contents of files and folders. Missing ones are ignored.
 *
 * @param {string[]} paths relative to the checkout
 */
export function hashFiles(paths) {
	const files = paths.flatMap((path) => filesIn(join(root, path)));
	return hash(...files.flatMap((file) => [relative(root, file), readFileSync(file)]));
}

/** Whether the stamp file contains this value. */
export function isStamped(file, value) {
	return existsSync(file) && readFileSync(file, 'utf8') === value;
}

/** Records that the work this value stands for is done. */
export function stamp(file, value) {
	writeFileSync(file, value);
}
