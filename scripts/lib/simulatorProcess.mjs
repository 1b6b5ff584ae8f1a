import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';
import { start, stop, tail, toolEnv } from './process.mjs';

const TIMEOUT_MS = 60_000;

/**
 * Starts the simulated Samsara in its own process and waits until it has printed its address and token.
 *
 * @param {string[]} [args] arguments of scripts/simulator.mjs
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
		const fail = (problem) => reject(new Error(`The simulator ${problem}.\n${tail(output)}`));
		const timer = setTimeout(fail, TIMEOUT_MS, 'did not print its address in time');
		const read = (line) => {
			output += `${line}\n`;
			address.url ??= /^Samsara simulator:\s*(http\S+)/.exec(line)?.[1];
			address.token ??= /^API token:\s*(\S+)/.exec(line)?.[1];
			if (address.url && address.token) resolve(clearTimeout(timer));
		};
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on('line', read);
		}
		child.once('close', () => fail('stopped while starting'));
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
