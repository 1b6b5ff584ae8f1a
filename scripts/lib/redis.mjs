import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackages } from './debian.mjs';
import { freePort } from './ports.mjs';
import { start, stop } from './process.mjs';

const REDIS = '/usr/bin/redis-server';
const TIMEOUT_MS = 20_000;
const POLL_MS = 100;

function responds(port) {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		const end = (isPong) => {
			socket.destroy();
			resolve(isPong);
		};
		socket.once('data', (data) => end(String(data).startsWith('+PONG')));
		socket.once('error', () => end(false));
	});
}

/**
 * Starts Debian's Redis on a free port on loopback, without writing to disk. Installs Redis if it is missing and we have
 * permission.
 *
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 * @throws Error if it is missing or does not respond
 */
export async function startRedis() {
	if (!existsSync(REDIS)) await installPackages(['redis-server']);
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const child = start(REDIS, args, { cwd: '/', stdio: 'ignore' });
	const deadline = Date.now() + TIMEOUT_MS;
	while (!(await responds(port))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop(child);
			throw new Error(`Redis did not respond on port ${port} within ${TIMEOUT_MS / 1000} s`);
		}
		await sleep(POLL_MS);
	}
	return { port, stop: async () => await stop(child) };
}
