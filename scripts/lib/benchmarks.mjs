import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const file = join(root, 'BENCHMARKS.md');
const HEADING = '## ';

/** The text before the first section, followed by the sections including their headings. */
function parts() {
	if (!existsSync(file)) return ['# Benchmarks\n'];
	return readFileSync(file, 'utf8').split(new RegExp(`^(?=${HEADING})`, 'm'));
}

const write = (all) => writeFileSync(file, `${all.map((part) => part.trim()).join('\n\n')}\n`);

/** Replaces the text before the first section of BENCHMARKS.md. */
export function writeHead(text) {
	write([text, ...parts().slice(1)]);
}

/**
 * Replaces a section of BENCHMARKS.md, or appends it.
 *
 * @param {string} name
 * @param {string} text without the heading
 */
export function writeSection(name, text) {
	const section = `${HEADING}${name}\n\n${text}`;
	const all = parts();
	const index = all.findIndex((part) => part.startsWith(`${HEADING}${name}\n`));
	write(index === -1 ? [...all, section] : all.with(index, section));
}
