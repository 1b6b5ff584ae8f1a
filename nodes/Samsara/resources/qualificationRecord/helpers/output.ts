import { explainFailure } from '../../../common/errors';
import type { Item } from '../../../execution/item';
import { Days } from '../../../fields/dates';
import type { Files } from '../../../fields/qualification/files';

/** Days as seen from today in the time zone of the workflow. */
export function daysOf(item: Item): Days {
	return new Days(new Date(), item.n8n.getTimezone());
}

/**
 * Sends a request with files. If Samsara rejects them as too large, the error says how large they were.
 *
 * @throws whatever the request throws
 */
export async function withFileSizes<T>(files: Files, send: () => Promise<T>): Promise<T> {
	return await explainFailure(send, (failure) =>
		failure.status === 413
			? failure.with({ message: `${failure.message} (${files.sizes() || 'no files'})` })
			: failure,
	);
}
