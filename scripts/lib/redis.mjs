import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackages } from './debian.mjs';
import { freePort } from './ports.mjs';
import { start, stop } from './process.mjs';

const REDIS = '/usr/bin/redis-server';
const PATIENCE_MS = 20_000;
const POLL_MS = 100;

function pong(port) {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		const end = (response) => {
			socket.destroy();
			resolve(response);
		};
		socket.once('data', (data) => end(String(data).startsWith('+PONG')));
		socket.once('error', () => end(false));
	});
}

/**
 * Starts Debian's Redis, installed where it is missing and we may, on a free port of loopback. It
 * keeps nothing on disk.
 *
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 * @throws Error when it is missing or does not answer
 */
export async function startRedis() {
	if (!existsSync(REDIS)) await installPackages(['redis-server']);
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const child = start(REDIS, args, { cwd: '/', stdio: 'ignore' });
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await pong(port))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop(child);
			throw new Error(`Redis did not answer on port ${port} within ${PATIENCE_MS / 1000} s`);
		}
		await sleep(POLL_MS);
	}
	return { port, stop: async () => await stop(child) };
}
