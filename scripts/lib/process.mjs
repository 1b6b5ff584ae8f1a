import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { binFolder, root } from './paths.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const HEAD_LINES = 25;
const TAIL_LINES = 60;

/** Children that still run, so that an interrupt can end them all. @type {Set<ChildProcess>} */
const running = new Set();

/** The environment for our tools: the commands of node_modules come first, Node 24 among them. */
export function toolEnv(extra = {}) {
	return { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`, ...extra };
}

// After an uncaught error nobody waits for the children, but nothing may stay behind. n8n hangs
// when it is asked to end and cannot write its farewell any more, so it is not asked.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

// n8n leaves the runner of its Code nodes to notice by itself that n8n has gone.
function endGroup(child) {
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// Nobody was left.
	}
}

/**
 * `spawn` that remembers the child until it ends. A `detached` child leads a process group of its
 * own; what it leaves running there ends with it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(command, args, options) {
	const child = spawn(command, args, options);
	running.add(child);
	child.once('exit', () => {
		running.delete(child);
		if (options.detached) endGroup(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/** Resolves with the exit code (a signal counts as 1) once the child and its output have ended. */
export function ended(child) {
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
}

/**
 * Runs a command to its end and throws when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.show] let its output through; otherwise it is kept and shown on failure
 * @param {(line: string) => void} [options.onLine] sees each line of the kept output
 * @param {boolean} [options.detached] what it leaves running ends with it
 * @param {boolean} [options.mayFail] give the exit code instead of throwing
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export async function run(command, args, options = {}) {
	const { cwd = root, env = toolEnv(), show = false, onLine, detached, mayFail = false } = options;
	const stdio = ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'];
	const child = start(command, args, { cwd, env, stdio, detached });
	const output = { stdout: '', stderr: '' };
	for (const name of ['stdout', 'stderr']) {
		child[name]?.setEncoding('utf8').on('data', (text) => (output[name] += text));
		if (onLine && child[name]) createInterface({ input: child[name] }).on('line', onLine);
	}
	const code = await ended(child);
	if (code !== 0 && !mayFail) {
		const kept = show ? '' : `\n${excerpt(`${output.stdout}\n${output.stderr}`)}`;
		throw new Error(`'${[command, ...args].join(' ')}' ended with exit code ${code}${kept}`);
	}
	return { code, ...output };
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

/**
 * Asks a child to end and waits for it; ends it the hard way when it does not obey.
 *
 * @param {ChildProcess} child
 * @param {number} [patienceMs]
 */
export async function stop(child, patienceMs = 20_000) {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
	await gone;
	clearTimeout(timer);
}

/** Ends every child that still runs, each by its own process id. */
export async function stopAll() {
	await Promise.all([...running].map((child) => stop(child)));
}
