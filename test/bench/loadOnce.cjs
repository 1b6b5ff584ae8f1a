// Loads one package as n8n does at startup, and prints how many milliseconds that took.
// Arguments: the folder with n8n's packages, and the folder of the package to load.
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [, , modules, folder] = process.argv;
const fromN8n = createRequire(join(modules, 'n8n', 'package.json'));
fromN8n('reflect-metadata');
const { PackageDirectoryLoader } = fromN8n('n8n-core');

async function main() {
	const loader = new PackageDirectoryLoader(folder);
	const start = performance.now();
	await loader.loadAll();
	const milliseconds = performance.now() - start;
	if (Object.keys(loader.known.nodes).length === 0) throw new Error(`${folder} has no nodes`);
	console.log(milliseconds.toFixed(3));
}

void main();
