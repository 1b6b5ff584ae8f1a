import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** The Markdown pages that people read. */
export const pages = [
	'README.md',
	'BENCHMARKS.md',
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

/** Links of a page to files or headings of this repository that do not exist. */
export function brokenLinks(page: string): string[] {
	return [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link]) => link)
		.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(page, link));
}

function leadsSomewhere(page: string, link: string): boolean {
	const [path, anchor] = link.split('#');
	const target = path === '' ? page : join(dirname(page), path);
	return existsSync(target) && (anchor === undefined || anchors(readPage(target)).includes(anchor));
}

/** The anchors that GitHub gives the headings of a page. */
function anchors(text: string): string[] {
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\w\s-]/g, '')
			.replace(/ /g, '-'),
	);
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

/** The fixed parts of the messages that a page quotes in italics in the first column of its tables. */
export function quotedMessages(page: string): string[] {
	return readPage(page)
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.flatMap((line) => [...line.split('|')[1].matchAll(/\*([^*]+)\*/g)])
		.flatMap(([, message]) => message.split('…'))
		.map((part) => part.replace(/^[\s']+|[\s':.]+$/g, ''))
		.filter((part) => part.length > 5);
}

/** What the TypeScript compiler says about the files whose code a page shows after naming their paths. */
export function codeErrors(page: string): string[] {
	const files = new Map(
		[...readPage(page).matchAll(/`([\w/.]+\.ts)`[^`]*```ts\n(.*?)```/gs)].map(
			([, path, code]) => [resolve(path), code] as const,
		),
	);
	if (files.size === 0) throw new Error(`${page} shows no code`);
	const config = ts.readConfigFile('test/tsconfig.json', ts.sys.readFile).config as object;
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('test'));
	const host = ts.createCompilerHost(options);
	const { fileExists, readFile } = host;
	host.fileExists = (path) => files.has(path) || fileExists(path);
	host.readFile = (path) => files.get(path) ?? readFile(path);
	const program = ts.createProgram([...files.keys()], { ...options, noEmit: true }, host);
	return [...files.keys()].flatMap((path) =>
		ts
			.getPreEmitDiagnostics(program, program.getSourceFile(path))
			.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
	);
}

/** What only the owner can fill in: the address of the repository's page, the homepage, and the author's name. */
export function ownerData() {
	const { repository, homepage, author } = JSON.parse(readPage('package.json'));
	const url: string = repository.url;
	return {
		repository: url.replace(/^git\+/, '').replace(/\.git$/, ''),
		homepage: String(homepage),
		author: String(author.name),
	};
}

/** The addresses of this repository on GitHub that the pages and the node panel's links contain. */
export function addresses(): Array<{ file: string; address: string }> {
	const files = [
		...pages,
		'nodes/Samsara/Samsara.node.json',
		'nodes/Samsara/SamsaraTrigger.node.json',
	];
	return files.flatMap((file) =>
		[...readPage(file).matchAll(/https:\/\/github\.com\/[\w-]+\/n8n-nodes-samsara\b/g)].map(
			([address]) => ({ file, address }),
		),
	);
}
