import { brokenLinks, nodeSources, pages, quotedMessages, readPage } from './docs/pages.mts';

test.each(pages)('every link of %s leads to a file', (page) => {
	expect(brokenLinks(page)).toEqual([]);
});

test('every message that the troubleshooting page quotes is one that the node gives', () => {
	const sources = nodeSources();
	const messages = quotedMessages('docs/troubleshooting.md');
	expect(messages.length).toBeGreaterThan(20);
	expect(messages.filter((message) => !sources.includes(message))).toEqual([]);
});

test('every option that the page of limits lists is in the form under that name', () => {
	const [, table] = readPage('docs/limits.md').split('## Options');
	const [options] = table.split('## ');
	const names = [...options.matchAll(/^\| ([A-Z][\w ]+?) \|/gm)]
		.map(([, name]) => name)
		.filter((name) => name !== 'Option');
	expect(names.length).toBeGreaterThan(3);
	const sources = nodeSources();
	expect(names.filter((name) => !sources.includes(`displayName: '${name}'`))).toEqual([]);
});
