/** The faults that bend the pagination of an answer instead of its transport. */
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
 * One fault. It takes the requests that match `method` and `path` (a text compares with the raw
 * path without query, or with the route template such as `/fleet/drivers/:id`; a RegExp is tried on
 * the raw path), skips the first `after` of them (default 0) and spoils the next `times` (default 1).
 * Faults apply to requests that passed authorization and rate limits, before validation.
 *
 * - `status`: answers `status` with `body` (an object as JSON, a text as it is, default an API error)
 *   and `headers`.
 * - `echo`: a host or proxy that repeats the Authorization header in the message, a member and a
 *   header of a refusal (`status`, default 400).
 * - `reset`: resets the connection.
 * - `delay`: waits `ms`, then answers as usual.
 * - `hang`: never answers; destroys the connection after `ms`, or when the simulator closes.
 * - `cut`: half of the body, with the content-length of the whole, then the end of the connection.
 * - `nonJson`: 200 with an HTML page. `empty`: the success code without a body.
 * - `repeatCursor`: the cursor that was sent comes back, with hasNextPage true.
 * - `emptyPage`: no data, hasNextPage true and a new cursor of the same place: nothing is lost.
 * - `expiredCursor`: 400. This and `repeatCursor` take only requests that send a cursor.
 * - `overDelivery`: `rows` (default 5) more rows than the limit.
 *
 * `applied`: whether the request takes effect before the fault shows. Default: true for `empty` and
 * for any GET, else false. `delay` and the four page faults always take effect.
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

interface Armed {
	fault: Fault;
	toSkip: number;
	left: number;
}

const NEEDS_CURSOR: FaultKind[] = ['repeatCursor', 'expiredCursor'];

/** The faults that are waiting to happen, in the order in which they were added. */
export class Faults {
	private armed: Armed[] = [];

	/** Arms a fault. */
	add(fault: Fault): void {
		this.armed.push({ fault, toSkip: fault.after ?? 0, left: fault.times ?? 1 });
	}

	/** Disarms all faults. */
	clear(): void {
		this.armed = [];
	}

	/** How many requests are still to be spoiled. */
	get pending(): number {
		return this.armed.reduce((sum, { left }) => sum + left, 0);
	}

	/** The fault for this request, which is used up by it; at most one a request. */
	take(request: {
		method: string;
		path: string;
		route: string;
		hasCursor: boolean;
	}): Fault | undefined {
		let taken: Fault | undefined;
		for (const entry of this.armed) {
			if (entry.left === 0 || !matches(entry.fault, request)) continue;
			if (entry.toSkip > 0) {
				entry.toSkip -= 1;
			} else if (taken === undefined) {
				entry.left -= 1;
				taken = entry.fault;
			}
		}
		this.armed = this.armed.filter(({ left }) => left > 0);
		return taken;
	}
}

/** Whether the request takes effect although this fault spoils its answer. */
export function takesEffect(fault: Fault, method: string): boolean {
	if (fault.kind === 'delay' || isPageFault(fault)) return true;
	return fault.applied ?? (fault.kind === 'empty' || method === 'GET');
}

/** Whether the fault bends pagination. */
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
