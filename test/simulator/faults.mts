/** The faults that change the pagination of a response. */
export type PageFaultKind = 'repeatCursor' | 'emptyPage' | 'expiredCursor' | 'overDelivery';

export type FaultKind =
	| 'status'
	| 'reset'
	| 'delay'
	| 'hang'
	| 'cut'
	| 'nonJson'
	| 'empty'
	| 'echo'
	| PageFaultKind;

/**
 * A fault. It applies to requests that match `method` and `path`: a string is compared with the raw path without the query
 * and with the route template, e.g. `/fleet/drivers/:id`; a RegExp is matched against the raw path. The first `after` of
 * these requests (default 0) succeed, and the next `times` (default 1) get the fault. Faults apply after authorization and
 * rate limits, and before validation.
 *
 * - `status`: responds with `status`, `headers` and `body` (an object is sent as JSON, a string as is; an API error by
 *   default).
 * - `echo`: responds like a host or proxy that repeats the Authorization header in the message, a member and a header of an
 *   error (`status`, 400 by default).
 * - `reset`: resets the connection.
 * - `delay`: waits `ms` before it responds as usual.
 * - `hang`: never responds. The connection is destroyed after `ms`, or when the simulator closes.
 * - `cut`: sends half of the body with the content length of the whole body, and ends the connection.
 * - `nonJson`: responds with 200 and an HTML page.
 * - `empty`: responds with the success status and no body.
 * - `repeatCursor`: returns the cursor of the request with `hasNextPage` true.
 * - `emptyPage`: returns an empty page with `hasNextPage` true and a new cursor for the same position, so nothing is lost.
 * - `expiredCursor`: responds with 400. This and `repeatCursor` apply only to requests with a cursor.
 * - `overDelivery`: returns `rows` (default 5) more rows than the limit.
 *
 * `applied` says whether the request takes effect despite the fault. Default: true for `empty` and all GET requests,
 * otherwise false. `delay` and the page faults always take effect.
 */
export interface Fault {
	kind: FaultKind;
	method?: string;
	path?: string | RegExp;
	after?: number;
	times?: number;
	applied?: boolean;
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	ms?: number;
	rows?: number;
}

interface PendingFault {
	fault: Fault;
	toSkip: number;
	remaining: number;
}

const NEEDS_CURSOR: FaultKind[] = ['repeatCursor', 'expiredCursor'];

/** The pending faults, in the order in which they were added. */
export class Faults {
	private faults: PendingFault[] = [];

	/** Adds a fault. */
	add(fault: Fault): void {
		this.faults.push({ fault, toSkip: fault.after ?? 0, remaining: fault.times ?? 1 });
	}

	/** Removes all faults. */
	clear(): void {
		this.faults = [];
	}

	/** The number of requests that will still get a fault. */
	get pending(): number {
		return this.faults.reduce((sum, { remaining: left }) => sum + left, 0);
	}

	/** Takes the fault for this request, at most one per request. */
	take(request: {
		method: string;
		path: string;
		route: string;
		hasCursor: boolean;
	}): Fault | undefined {
		let taken: Fault | undefined;
		for (const entry of this.faults) {
			if (entry.remaining === 0 || !matches(entry.fault, request)) continue;
			if (entry.toSkip > 0) {
				entry.toSkip -= 1;
			} else if (taken === undefined) {
				entry.remaining -= 1;
				taken = entry.fault;
			}
		}
		this.faults = this.faults.filter(({ remaining: left }) => left > 0);
		return taken;
	}
}

/** Whether a request with this fault takes effect. */
export function takesEffect(fault: Fault, method: string): boolean {
	if (fault.kind === 'delay' || isPageFault(fault)) return true;
	return fault.applied ?? (fault.kind === 'empty' || method === 'GET');
}

/** Whether the fault changes the pagination. */
export function isPageFault(fault: Fault): fault is Fault & { kind: PageFaultKind } {
	return ['repeatCursor', 'emptyPage', 'expiredCursor', 'overDelivery'].includes(fault.kind);
}

function matches(
	{ kind, method, path }: Fault,
	request: { method: string; path: string; route: string; hasCursor: boolean },
): boolean {
	if (method !== undefined && method.toUpperCase() !== request.method) return false;
	if (NEEDS_CURSOR.includes(kind) && !request.hasCursor) return false;
	if (path === undefined) return true;
	if (path instanceof RegExp) return new RegExp(path.source, path.flags).test(request.path);
	return path === request.path || path === request.route;
}
