import {
	addresses,
	brokenLinks,
	codeErrors,
	nodeSources,
	ownerData,
	pages,
	quotedMessages,
	readPage,
} from './docs/pages.mts';
import { coveredByNotes, lostPaths, workflowFiles } from './docs/workflows.mts';

test.each(pages)('every link in %s leads to an existing file and heading', (page) => {
	expect(brokenLinks(page)).toEqual([]);
});

test('the troubleshooting page quotes only messages that the node shows', () => {
	const sources = nodeSources();
	const messages = quotedMessages('docs/troubleshooting.md');
	expect(messages.length).toBeGreaterThan(20);
	expect(messages.filter((message) => !sources.includes(message))).toEqual([]);
});

test('the limits page lists only options that the form has under that name', () => {
	const [, table] = readPage('docs/limits.md').split('## Options');
	const [options] = table.split('## ');
	const names = [...options.matchAll(/^\| ([A-Z][\w ]+?) \|/gm)]
		.map(([, name]) => name)
		.filter((name) => name !== 'Option');
	expect(names.length).toBeGreaterThan(3);
	const sources = nodeSources();
	expect(names.filter((name) => !sources.includes(`displayName: '${name}'`))).toEqual([]);
});

test('the code of the example in CONTRIBUTING compiles', () => {
	expect(codeErrors('CONTRIBUTING.md')).toEqual([]);
});

test.each(workflowFiles)('the notes in %s lie beside the nodes, not under them', (file) => {
	expect(coveredByNotes(file)).toEqual([]);
});

test.each(workflowFiles)('the addresses of forms in %s stay when it is imported', (file) => {
	expect(lostPaths(file)).toEqual([]);
});

test('every place that names the repository or the author agrees with package.json', () => {
	const { repository, homepage, author } = ownerData();
	expect(homepage).toBe(`${repository}#readme`);
	expect(readPage('LICENSE')).toContain(author);
	const found = addresses();
	expect(found.length).toBeGreaterThan(2);
	expect(found.filter(({ address }) => address !== repository)).toEqual([]);
});
