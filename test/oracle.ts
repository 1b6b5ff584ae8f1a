import { SamsaraClient } from '@samsarahq/samsara';
import type { RecordedRequest, Simulator } from './simulator/index.mts';

/** A request in a form that can be compared: with decoded IDs, sorted query parameters and the body as an object. */
export function wire({ method, path, query, body }: RecordedRequest) {
	return {
		method,
		path: decodeURIComponent(path),
		query: Object.fromEntries([...new URLSearchParams(query)].sort()),
		body: body ?? null,
	};
}

/** The requests that were sent while `work` ran. */
export async function recorded(sim: Simulator, work: () => Promise<unknown>) {
	const count = sim.requests.length;
	await work();
	return sim.requests.slice(count).map(wire);
}

/** The requests that the vendor's SDK sends for a call. */
export async function bySdk(sim: Simulator, call: (sdk: SamsaraClient) => Promise<unknown>) {
	const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
	return await recorded(sim, async () => await call(sdk));
}
