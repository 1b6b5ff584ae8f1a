import { SamsaraApiError, toError } from '../../common/errors';

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
