import { once } from 'node:events';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { binFolder, node24, root } from './paths.mjs';

/** @typedef {import('execa').ResultPromise} Child */

const HEAD_LINES = 25;
const TAIL_LINES = 60;
const STOP_TIMEOUT_MS = 20_000;

/** The running child processes, so that an interrupt can stop them all. @type {Set<Child>} */
const running = new Set();

/** The environment for our tools: commands in node_modules, such as Node 24, come first on the PATH. */
export function toolEnv(extra = {}) {
	return { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`, ...extra };
}

// No child process may keep running after an uncaught error. n8n hangs on SIGTERM if it can no longer write its output, so
// it is killed.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

// n8n does not stop its task runner for Code nodes.
function killGroup({ pid }) {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// The group has already ended.
	}
}

/**
 * Starts a command and keeps track of it until it ends. A `detached` child has its own process group, and whatever it
 * leaves running there is killed when it ends.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('execa').Options} options
 * @returns {Child}
 */
export function start(command, args, options) {
	const child = execa(command, args, {
		buffer: false,
		cleanup: false,
		extendEnv: false,
		env: toolEnv(),
		forceKillAfterDelay: STOP_TIMEOUT_MS,
		reject: false,
		...options,
	});
	running.add(child);
	child.once('exit', () => {
		running.delete(child);
		if (options.detached) killGroup(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Waits until a child process and its output have ended.
 *
 * @param {Child} child
 * @returns {Promise<number>} its exit code, or 1 after a signal
 * @throws Error if it could not be started
 */
async function exitCodeOf(child) {
	const result = await child;
	if (result.failed && result.exitCode === undefined && !result.signal) throw result;
	return result.exitCode ?? 1;
}

/**
 * Runs Node 24 in this terminal and sets this process's exit code to its exit code.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function runHere(args, env = toolEnv()) {
	process.exitCode = await exitCodeOf(start(node24, args, { cwd: root, env, stdio: 'inherit' }));
}

/**
 * Runs a command, and throws if it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(line: string) => void} [options.onLine] receives each line of the output
 * @param {boolean} [options.detached] kills whatever the command leaves running
 * @param {boolean} [options.mayFail] returns the exit code instead of throwing
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export async function run(command, args, options = {}) {
	const { cwd = root, env = toolEnv(), onLine, detached, mayFail = false } = options;
	const child = start(command, args, {
		cwd,
		env,
		detached,
		stdin: 'ignore',
		buffer: true,
		all: true,
	});
	if (onLine && child.all) createInterface({ input: child.all }).on('line', onLine);
	const code = await exitCodeOf(child);
	const { stdout, stderr, all, shortMessage } = await child;
	if (code !== 0 && !mayFail) throw new Error(`${shortMessage}\n${excerpt(all)}`);
	return { code, stdout, stderr };
}

/** The last lines of a text. */
export function tail(text, lines = TAIL_LINES) {
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

// npm reports the cause of a failure first, a compiler last.
function excerpt(text) {
	const lines = text.trim().split('\n');
	if (lines.length <= HEAD_LINES + TAIL_LINES) return lines.join('\n');
	return [...lines.slice(0, HEAD_LINES), '[…]', ...lines.slice(-TAIL_LINES)].join('\n');
}

/** Stops a child process and waits until it has ended; after a timeout it is killed. @param {Child} child */
export async function stop(child) {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const exit = once(child, 'exit');
	child.kill('SIGTERM');
	await exit;
}

/** Stops all running child processes. */
export async function stopAll() {
	await Promise.all([...running].map(stop));
}
