import { SamsaraClient } from '@samsarahq/samsara';
import type { RecordedRequest, Simulator } from './simulator/index.mts';

/** A request as it is compared: ids decoded, query members in one order, the body as an object. */
export function wire({ method, path, query, body }: RecordedRequest) {
	return {
		method,
		path: decodeURIComponent(path),
		query: Object.fromEntries([...new URLSearchParams(query)].sort()),
		body: body ?? null,
	};
}

/** What happened on the wire while `work` ran. */
export async function recorded(sim: Simulator, work: () => Promise<unknown>) {
	const before = sim.requests.length;
	await work();
	return sim.requests.slice(before).map(wire);
}

/** The requests that the vendor's own SDK makes for a call. */
export async function bySdk(sim: Simulator, call: (sdk: SamsaraClient) => Promise<unknown>) {
	const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
	return await recorded(sim, async () => await call(sdk));
}
