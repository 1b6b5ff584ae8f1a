import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drift } from './drift.mts';
import { sdkMembers } from './sdkMembers.mts';

/**
 * Prints what has changed between two unpacked versions of the vendor's SDK in the endpoints that the node uses. What could
 * not be compared goes to stderr.
 */
const [before, after] = process.argv.slice(2);
if (before === undefined || after === undefined) {
	console.error(
		'Usage: node test/api/checkApi.mts <folder of the older SDK> <folder of the newer SDK>',
	);
	process.exit(2);
}

const source = readdirSync('nodes', { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.map((file) => readFileSync(join('nodes', file), 'utf8'))
	.join('\n');
const endpoints = [...new Set(source.match(/(?<=')(GET|POST|PATCH|DELETE|PUT) \/[^']*/g))];
const usedNames = new Set(source.match(/\w+/g));

const known = sdkMembers(before, endpoints);
const changes = drift(known, sdkMembers(after, endpoints), usedNames);
for (const line of changes) console.log(line);
for (const endpoint of endpoints) {
	if (!known.has(endpoint)) console.error(`${endpoint} is not in the SDK, so it was not compared.`);
}
