import type { SamsaraClient } from '../../api/client';
import { SamsaraFailure } from '../../api/failure';
import type { Data } from '../../api/types';
import { asError } from '../../asError';

/** What is at this path, or undefined where there is nothing. */
export async function lookUp<T>(samsara: SamsaraClient, path: string): Promise<T | undefined> {
	try {
		return (await samsara.get<Data<T>>(path)).data;
	} catch (error) {
		if (error instanceof SamsaraFailure && error.status === 404) return undefined;
		throw asError(error);
	}
}
