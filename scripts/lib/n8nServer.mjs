import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { http } from './http.mjs';
import { n8nEnv } from './n8nEnv.mjs';
import { freePort } from './ports.mjs';
import { start, stop, tail } from './process.mjs';

/**
 * A running n8n.
 *
 * @typedef {object} N8nServer
 * @property {string} url
 * @property {number} port
 * @property {number} pid
 * @property {() => string} log the end of its output
 * @property {Promise<void>} exited resolves when the process has ended for any reason
 * @property {() => Promise<void>} stop
 */

const POLL_MS = 200;
const LOG_CHARACTERS = 20_000;
const TIMEOUT_MS = 120_000;

async function responds(url, isExpected) {
	try {
		const { status, data } = await http.get(url, { timeout: 5_000, responseType: 'text' });
		return status === 200 && isExpected(data);
	} catch {
		return false;
	}
}

// The health check passes before the REST routes exist; until then the editor's page is returned.
async function isReady(url) {
	return (
		(await responds(`${url}/healthz/readiness`, () => true)) &&
		(await responds(`${url}/rest/settings`, (body) => body.startsWith('{"data')))
	);
}

function keepLog(child, file) {
	let text = '';
	const copy = createWriteStream(file);
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (part) => {
			text = (text + part).slice(-LOG_CHARACTERS);
			copy.write(part);
		});
	}
	child.once('close', () => copy.end());
	return () => text;
}

/**
 * Starts an n8n command that keeps running, and waits until it is ready.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.userFolder
 * @param {string} options.name of the process, whose output goes to `<name>.log` in the user folder
 * @param {Record<string, string>} options.env
 * @param {(log: () => string) => boolean | Promise<boolean>} options.isReady
 */
async function startLongRunning(host, args, { userFolder, name, env, isReady }) {
	const child = start(host.node, [host.bin, ...args], {
		cwd: host.folder,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: n8nEnv(host, userFolder, { N8N_RUNNERS_BROKER_PORT: String(await freePort()), ...env }),
	});
	const exited = new Promise((resolve) => child.once('close', () => resolve()));
	const log = keepLog(child, join(userFolder, `${name}.log`));
	const running = { pid: child.pid, log, exited, stop: () => stop(child) };

	const deadline = Date.now() + TIMEOUT_MS;
	while (!(await isReady(log))) {
		const hasEnded = child.exitCode !== null || child.signalCode !== null;
		if (hasEnded || Date.now() > deadline) {
			await running.stop();
			const problem = hasEnded
				? 'stopped while starting'
				: `was not ready after ${TIMEOUT_MS / 1000} s`;
			throw new Error(`${name} ${problem}. The end of its log:\n${tail(log())}`);
		}
		await sleep(POLL_MS);
	}
	return running;
}

/**
 * Starts n8n on loopback and waits until it is ready. Its output goes to `n8n.log` in the user folder.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {object} options
 * @param {string} options.userFolder
 * @param {number} [options.port] used if it is free
 * @param {Record<string, string>} [options.env]
 * @returns {Promise<N8nServer>}
 */
export async function startServer(host, { userFolder, port, env = {} }) {
	const actualPort = await freePort(port);
	const url = `http://127.0.0.1:${actualPort}`;
	const running = await startLongRunning(host, ['start'], {
		userFolder,
		name: 'n8n',
		env: { N8N_PORT: String(actualPort), ...env },
		isReady: () => isReady(url),
	});
	return { url, port: actualPort, ...running };
}

/**
 * Starts a queue mode worker, which runs one execution at a time, and waits until it is ready. Its output goes to `<name>.log` in the user folder.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {object} options
 * @param {string} options.userFolder
 * @param {string} options.name
 * @param {Record<string, string>} options.env
 * @returns {Promise<Omit<N8nServer, 'url' | 'port'>>}
 */
export async function startWorker(host, { userFolder, name, env }) {
	return await startLongRunning(host, ['worker', '--concurrency=1'], {
		userFolder,
		name,
		env,
		isReady: (log) => log().includes('worker is now ready'),
	});
}
