import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file host on this machine that does what a test wants. */
export class FileHost {
	/** The addresses that were requested. */
	readonly requests: string[] = [];

	private readonly server: Server;

	constructor(respond: (response: ServerResponse, request: number) => void) {
		this.server = createServer(({ url = '' }, response) => {
			this.requests.push(url);
			respond(response, this.requests.length);
		});
	}

	/** Returns the origin. */
	async listen(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
