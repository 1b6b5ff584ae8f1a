// Loads one package as n8n does when it starts, and prints the milliseconds that it took.
// Arguments: the folder that holds n8n's packages, and the package's folder.
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [, , modules, folder] = process.argv;
const fromN8n = createRequire(join(modules, 'n8n', 'package.json'));
fromN8n('reflect-metadata');
const { PackageDirectoryLoader } = fromN8n('n8n-core');

async function main() {
	const loader = new PackageDirectoryLoader(folder);
	const began = performance.now();
	await loader.loadAll();
	const took = performance.now() - began;
	if (Object.keys(loader.known.nodes).length === 0) throw new Error(`${folder} has no nodes`);
	console.log(took.toFixed(3));
}

void main();
