import type { RunContext } from '../../api/runContext';
import { SamsaraApiError } from '../../api/samsaraApiError';
import type { Data } from '../../api/types';
import { toError } from '../../common/errors';

/** What is at this path, or undefined where there is nothing. */
export async function getOrUndefined<T>(run: RunContext, path: string): Promise<T | undefined> {
	return await unless([404], async () => (await run.client.get<Data<T>>(path)).data);
}

/** What `read` gives, or undefined where Samsara answers one of these statuses. */
export async function unless<T>(
	statuses: number[],
	read: () => Promise<T>,
): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof SamsaraApiError && statuses.includes(error.status)) return undefined;
		throw toError(error);
	}
}
