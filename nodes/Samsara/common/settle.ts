import { SamsaraApiError, toError } from './errors';

/** The result of `work`, or the Error that it failed with, where one failure must not stop everything else. */
export async function settle<T>(work: () => T | Promise<T>): Promise<T | Error> {
	try {
		return await work();
	} catch (error) {
		return toError(error);
	}
}

/** The results without the failures, in the same order. */
export function succeeded<T>(outcomes: Array<T | Error>): T[] {
	return outcomes.filter((outcome): outcome is T => !(outcome instanceof Error));
}

/** What `read` returns, or undefined if Samsara responds with one of these statuses. */
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
