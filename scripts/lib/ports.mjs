import { createServer } from 'node:net';

function tryPort(preferred) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(preferred, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/**
 * Finds a free port on loopback.
 *
 * @param {number} [preferred] returned if it is free
 * @returns {Promise<number>}
 */
export async function freePort(preferred = 0) {
	return await tryPort(preferred).catch(() => tryPort(0));
}
