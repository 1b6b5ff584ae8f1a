import type { IDataObject } from 'n8n-workflow';
import { SamsaraFailure } from '../../api/failure';
import type { QualificationRecord } from '../../api/types';
import { asError } from '../../asError';
import type { Item } from '../../execution/item';
import { Days } from '../../fields/days';
import type { Files } from '../../fields/qualification/files';
import { recordRow } from '../../fields/qualification/recordRow';

/** A record that was written: a flat row, or Samsara's answer with Simplify off. `extra` comes first. */
export function written(item: Item, record: QualificationRecord, extra: IDataObject = {}): object {
	return item.flag('simplify', true)
		? recordRow(record, new Days(new Date(), item.n8n.getTimezone()), undefined, extra)
		: { ...extra, ...record };
}

/**
 * Does a write, and says how large the files were if Samsara finds them too large.
 *
 * @throws what the write throws
 */
export async function withSizes<T>(files: Files, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		throw sized(error, files);
	}
}

function sized(error: unknown, files: Files): Error {
	if (!(error instanceof SamsaraFailure) || error.status !== 413) return asError(error);
	return new SamsaraFailure({
		...error,
		message: `${error.message} (${files.sizes() || 'no files'})`,
		advice: error.advice,
	});
}
