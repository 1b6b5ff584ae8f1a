import type { IncomingHttpHeaders } from 'node:http';

/**
 * A recorded request. `path` is percent-encoded and without the query, `query` is the raw text after `?`, and `route` is the
 * endpoint's template, or the path if there is no endpoint. `status` is 0 until a response is sent, and stays 0 if the
 * connection was reset or hung. `at` is in milliseconds since 1970, with a fraction. `inFlight` is the number of OTHER
 * requests in flight when this one arrived (0 for a client that sends one at a time). `violation` says why the request does
 * not match the API's schemas, i.e. is invalid whatever the account contains.
 */
export interface RecordedRequest {
	method: string;
	path: string;
	query: string;
	route: string;
	headers: IncomingHttpHeaders;
	body: unknown;
	rawBody: string;
	status: number;
	at: number;
	inFlight: number;
	violation?: string;
}

/** Records requests and counts those in flight. */
export class Recorder {
	readonly requests: RecordedRequest[] = [];

	private readonly inFlight = new Set<RecordedRequest>();

	/** Records a new request. The caller adds the body and the status later. */
	begin(method: string, url: string, route: string, headers: IncomingHttpHeaders): RecordedRequest {
		const [path, ...query] = url.split('?');
		const request: RecordedRequest = {
			method,
			path,
			query: query.join('?'),
			route,
			headers,
			body: undefined,
			rawBody: '',
			status: 0,
			at: performance.timeOrigin + performance.now(),
			inFlight: this.inFlight.size,
		};
		this.inFlight.add(request);
		this.requests.push(request);
		return request;
	}

	/** Marks a request as no longer in flight. */
	end(request: RecordedRequest): void {
		this.inFlight.delete(request);
	}

	/** Clears the list of requests, which stays the same array. */
	clear(): void {
		this.requests.length = 0;
	}
}
