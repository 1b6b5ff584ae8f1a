import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from './lib/packNode.mjs';
import { node24, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

/**
 * Compares the vendor's newest SDK with the one in package-lock.json, which the tests use, in the endpoints that the node
 * calls. Prints Markdown. Exits with 3 if something has changed.
 *
 * `--sdk=<version>` compares another version.
 */
const SDK = '@samsarahq/samsara';
const CHANGED = 3;

const [version = 'latest'] = process.argv
	.slice(2)
	.flatMap((argument) => (argument.startsWith('--sdk=') ? [argument.slice('--sdk='.length)] : []));
const folder = mkdtempSync(join(tmpdir(), 'samsara-sdk-'));
try {
	const packed = await run('npm', [
		'pack',
		'--json',
		`--pack-destination=${folder}`,
		`${SDK}@${version}`,
	]);
	const [{ filename, version: newest }] = JSON.parse(packed.stdout);
	await unpack(join(folder, filename), join(folder, 'sdk'));
	const tested = join(root, 'node_modules', SDK);
	const { stdout, stderr } = await run(node24, [
		join('test', 'api', 'checkApi.mts'),
		tested,
		join(folder, 'sdk'),
	]);
	const hasChanged = stdout !== '';
	const what = `${SDK} ${newest}, compared with the version that the tests use`;
	console.log(hasChanged ? `Changes in ${what}:\n\n${stdout}` : `No changes in ${what}.`);
	if (stderr !== '') console.log(`\n${stderr}`);
	process.exitCode = hasChanged ? CHANGED : 0;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
