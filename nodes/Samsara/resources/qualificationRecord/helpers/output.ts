import type { IDataObject } from 'n8n-workflow';
import { explainFailure } from '../../../common/errors';
import type { QualificationRecord } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { Days } from '../../../fields/dates';
import type { Files } from '../../../fields/qualification/files';
import { recordRow } from '../../../fields/qualification/recordRow';

/** Days as seen from today in the time zone of the workflow. */
export function daysOf(item: Item): Days {
	return new Days(new Date(), item.n8n.getTimezone());
}

/** The output for a record that was created or updated: a flat row, or the response if Simplify is off. */
export function toOutput(item: Item, record: QualificationRecord, extra: IDataObject = {}): object {
	if (!item.boolean('simplify', true)) return { ...extra, ...record };
	const row = recordRow(record, daysOf(item), undefined, extra);
	item.run.rowGroups.set(row, record.qualificationType.id);
	return row;
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
