import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';
import { start, stop, tail, toolEnv } from './process.mjs';

const PATIENCE_MS = 60_000;

/**
 * Starts the simulated Samsara as a process of its own and waits until it has told its address
 * and token.
 *
 * @param {string[]} [args] for scripts/simulator.mjs
 * @returns {Promise<{ url: string, token: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startSimulatorProcess(args = []) {
	const child = start(node24, [join(root, 'scripts', 'simulator.mjs'), ...args], {
		cwd: root,
		env: toolEnv(),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	const address = {};
	const ready = new Promise((resolve, reject) => {
		const fail = (why) => reject(new Error(`The simulator ${why}.\n${tail(output)}`));
		const timer = setTimeout(fail, PATIENCE_MS, 'did not tell its address in time');
		const read = (line) => {
			output += `${line}\n`;
			address.url ??= /^Samsara simulator:\s*(http\S+)/.exec(line)?.[1];
			address.token ??= /^API token:\s*(\S+)/.exec(line)?.[1];
			if (address.url && address.token) resolve(clearTimeout(timer));
		};
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on('line', read);
		}
		child.once('close', () => fail('ended while starting'));
		child.once('error', (error) => fail(`did not start: ${error.message}`));
	});
	try {
		await ready;
	} catch (error) {
		await stop(child);
		throw error;
	}
	return { ...address, pid: child.pid, stop: () => stop(child) };
}
