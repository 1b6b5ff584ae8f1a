import { createServer } from 'node:net';

function portOf(preferred) {
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
 * A port of loopback that nobody listens on.
 *
 * @param {number} [preferred] taken when it is free
 * @returns {Promise<number>}
 */
export async function freePort(preferred = 0) {
	return await portOf(preferred).catch(() => portOf(0));
}
