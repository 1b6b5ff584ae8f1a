import { toError } from './errors';

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
