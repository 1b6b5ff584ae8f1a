import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The Markdown pages that people read. */
export const pages = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...readdirSync('docs')
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
];

/** The text of a page. */
export function readPage(page: string): string {
	return readFileSync(page, 'utf8');
}

/** Links of a page to files of this repository that do not exist. */
export function brokenLinks(page: string): string[] {
	return [...readPage(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
		.map(([, target]) => target)
		.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(page), target)));
}

/** All sources of the nodes as one text, with a `…` in place of each inserted value. */
export function nodeSources(): string {
	return readdirSync('nodes', { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => readFileSync(join('nodes', file), 'utf8'))
		.join('\n')
		.replace(/\$\{[^}]*\}/g, '…')
		.replace(/\s+/g, ' ');
}

/** The fixed parts of every message that a table of messages quotes in italics in its first column. */
export function quotedMessages(page: string): string[] {
	return readPage(page)
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.flatMap((line) => [...line.split('|')[1].matchAll(/\*([^*]+)\*/g)])
		.flatMap(([, message]) => message.split('…'))
		.map((part) => part.replace(/^[\s']+|[\s':.]+$/g, ''))
		.filter((part) => part.length > 5);
}
