import type { SamsaraClient } from '../../api/client';
import { SamsaraFailure } from '../../api/failure';
import type { Data } from '../../api/types';
import { asError } from '../../asError';

/** What is at this path, or undefined where there is nothing. */
export async function lookUp<T>(samsara: SamsaraClient, path: string): Promise<T | undefined> {
	return await unless([404], async () => (await samsara.get<Data<T>>(path)).data);
}

/** What `read` gives, or undefined where Samsara answers one of these statuses. */
export async function unless<T>(
	statuses: number[],
	read: () => Promise<T>,
): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof SamsaraFailure && statuses.includes(error.status)) return undefined;
		throw asError(error);
	}
}
