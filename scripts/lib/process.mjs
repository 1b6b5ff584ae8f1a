import { once } from 'node:events';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { binFolder, node24, root } from './paths.mjs';

/** @typedef {import('execa').ResultPromise} Child */

const HEAD_LINES = 25;
const TAIL_LINES = 60;
const STOP_PATIENCE_MS = 20_000;

/** Children that still run, so that an interrupt can end them all. @type {Set<Child>} */
const running = new Set();

/** The environment for our tools: the commands of node_modules come first, Node 24 among them. */
export function toolEnv(extra = {}) {
	return { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`, ...extra };
}

// After an uncaught error nobody waits for the children, but nothing may stay behind. n8n hangs
// when it is asked to end and cannot write its farewell any more, so it is not asked.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

// n8n leaves the runner of its Code nodes to notice by itself that n8n has gone.
function endGroup({ pid }) {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// Nobody was left.
	}
}

/**
 * Starts a command and remembers it until it ends. A `detached` child leads a process group of its
 * own; what it leaves running there ends with it.
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
		forceKillAfterDelay: STOP_PATIENCE_MS,
		reject: false,
		...options,
	});
	running.add(child);
	child.once('exit', () => {
		running.delete(child);
		if (options.detached) endGroup(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Waits for the end of a child and its output.
 *
 * @param {Child} child
 * @returns {Promise<number>} its exit code; a signal counts as 1
 * @throws Error when it could not be started
 */
async function ended(child) {
	const result = await child;
	if (result.failed && result.exitCode === undefined && !result.signal) throw result;
	return result.exitCode ?? 1;
}

/**
 * Runs Node 24 on this terminal; this process takes over its exit code.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function runHere(args, env = toolEnv()) {
	process.exitCode = await ended(start(node24, args, { cwd: root, env, stdio: 'inherit' }));
}

/**
 * Runs a command to its end and throws when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(line: string) => void} [options.onLine] sees each line of the output
 * @param {boolean} [options.detached] what it leaves running ends with it
 * @param {boolean} [options.mayFail] give the exit code instead of throwing
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
	const code = await ended(child);
	const { stdout, stderr, all, shortMessage } = await child;
	if (code !== 0 && !mayFail) throw new Error(`${shortMessage}\n${excerpt(all)}`);
	return { code, stdout, stderr };
}

/** The last lines of a text. */
export function tail(text, lines = TAIL_LINES) {
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

// npm says what is wrong first, a compiler last.
function excerpt(text) {
	const lines = text.trim().split('\n');
	if (lines.length <= HEAD_LINES + TAIL_LINES) return lines.join('\n');
	return [...lines.slice(0, HEAD_LINES), '[…]', ...lines.slice(-TAIL_LINES)].join('\n');
}

/** Asks a child to end and waits for it; it is killed when it does not obey. @param {Child} child */
export async function stop(child) {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const exit = once(child, 'exit');
	child.kill('SIGTERM');
	await exit;
}

/** Ends every child that still runs, each by its own process id. */
export async function stopAll() {
	await Promise.all([...running].map(stop));
}
