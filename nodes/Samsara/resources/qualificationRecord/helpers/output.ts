import type { IDataObject } from 'n8n-workflow';
import { SamsaraApiError } from '../../../api/samsaraApiError';
import type { QualificationRecord } from '../../../api/types';
import { toError } from '../../../common/errors';
import type { Item } from '../../../execution/item';
import { Days } from '../../../fields/days';
import type { Files } from '../../../fields/qualification/files';
import { recordRow } from '../../../fields/qualification/recordRow';

/** A record that was written: a flat row, or Samsara's answer with Simplify off. `extra` comes first. */
export function toOutput(item: Item, record: QualificationRecord, extra: IDataObject = {}): object {
	return item.boolean('simplify', true)
		? recordRow(record, new Days(new Date(), item.n8n.getTimezone()), undefined, extra)
		: { ...extra, ...record };
}

/**
 * Does a write, and says how large the files were if Samsara finds them too large.
 *
 * @throws what the write throws
 */
export async function withFileSizes<T>(files: Files, send: () => Promise<T>): Promise<T> {
	try {
		return await send();
	} catch (error) {
		throw addFileSizes(error, files);
	}
}

function addFileSizes(error: unknown, files: Files): Error {
	if (!(error instanceof SamsaraApiError) || error.status !== 413) return toError(error);
	return new SamsaraApiError({
		...error,
		message: `${error.message} (${files.sizes() || 'no files'})`,
		description: error.description,
	});
}
