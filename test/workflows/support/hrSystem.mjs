import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * An HR system on loopback that returns its employees as JSON to whoever sends its key.
 *
 * @param {{ name: string, value: string }} key the header that it requires
 * @returns {Promise<{ url: string, employees: object[], close: () => Promise<void> }>} `employees` can be replaced
 */
export async function startHrSystem(key) {
	const system = { url: '', employees: [], close };
	const server = createServer((request, response) => {
		const isAllowed = request.headers[key.name.toLowerCase()] === key.value;
		response.writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' });
		response.end(JSON.stringify(isAllowed ? system.employees : { message: 'Unknown key' }));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	system.url = `http://127.0.0.1:${server.address().port}`;
	return system;

	async function close() {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}
