import type { IncomingHttpHeaders } from 'node:http';

/**
 * One request as it arrived. `path` is still percent-encoded and without the query, `query` the raw
 * text after `?`, `route` the endpoint's template (or the path where there is none). `status` is 0
 * until an answer is sent, and stays 0 where the connection was reset or left hanging. `at` is
 * milliseconds since 1970 with a fraction; `inFlight` counts the OTHER requests that were under way
 * when this one arrived (0 for a client that sends one at a time). `violation` says what the API's
 * schemas refused: a malformed request, which no state of the account could have made right.
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

/** Keeps the list of requests and counts those under way. */
export class Recorder {
	readonly requests: RecordedRequest[] = [];

	private readonly inFlightCount = new Set<RecordedRequest>();

	/** Notes a request that has just arrived; the caller fills in body and status as they come. */
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
			inFlight: this.inFlightCount.size,
		};
		this.inFlightCount.add(request);
		this.requests.push(request);
		return request;
	}

	/** Notes that a request is over. */
	end(request: RecordedRequest): void {
		this.inFlightCount.delete(request);
	}

	/** Forgets the requests so far; the list stays the same array. */
	clear(): void {
		this.requests.length = 0;
	}
}
