import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const file = join(root, 'BENCHMARKS.md');
const HEADING = '## ';

/** The file's parts: what stands before the first section, then the sections, headings included. */
function parts() {
	if (!existsSync(file)) return ['# Benchmarks\n'];
	return readFileSync(file, 'utf8').split(new RegExp(`^(?=${HEADING})`, 'm'));
}

const write = (all) => writeFileSync(file, `${all.map((part) => part.trim()).join('\n\n')}\n`);

/** Writes what stands before the sections of BENCHMARKS.md. */
export function writeHead(text) {
	write([text, ...parts().slice(1)]);
}

/**
 * Writes a section of BENCHMARKS.md, in the place that it has or at the end; all else stays.
 *
 * @param {string} name
 * @param {string} text without the heading
 */
export function writeSection(name, text) {
	const section = `${HEADING}${name}\n\n${text}`;
	const all = parts();
	const at = all.findIndex((part) => part.startsWith(`${HEADING}${name}\n`));
	write(at === -1 ? [...all, section] : all.with(at, section));
}
