import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord, RecordField } from '../../api/types';
import type { Days } from '../dates';
import { formatExternalIds } from '../../common/ids';
import { compact, FlatRow } from '../flatRow';
import { mediaIn, valueOfType, type Media } from './recordFields';

type Table = NonNullable<RecordField['tableValue']>;

type Cell = Table['rows'][number]['cells'][number] & {
	/** Not yet in the type of this version of the SDK; added in 14.7. */
	barcodeValue?: { barcodes: Array<{ value: string }> };
};

/**
 * A qualification record as a flat row: first the type, the owner and the dates, then one column per field under the
 * field's label, and last who created and changed it. Choices become text, tables become lists of rows, and files are
 * counted.
 *
 * @param first columns that the operation adds. A field with the same label gets a number, as with all other columns.
 */
export function recordRow(
	record: QualificationRecord,
	days: Days,
	ownerName?: string,
	first: IDataObject = {},
): IDataObject {
	const { owner, qualificationType } = record;
	const expiration = expirationOf(record);
	const last = compact({
		ownerType: owner.entityType,
		createdAtTime: record.createdAtTime,
		createdBy: actor(record.createdBy),
		updatedAtTime: record.updatedAtTime,
		updatedBy: actor(record.updatedBy),
	});
	const flat = new FlatRow({
		...first,
		...compact({
			id: record.id,
			status: record.recordStatus,
			type: qualificationType.name ?? qualificationType.id,
			ownerId: owner.id,
			ownerName,
			issueDate: record.issueDate && days.date(record.issueDate),
			expirationDate: expiration && days.date(expiration),
			daysUntilExpiration: expiration && days.until(expiration),
			externalIds: formatExternalIds(record.externalIds),
		}),
		...last,
	});
	for (const field of record.fields ?? [])
		flat.add(field.label ?? field.id, fieldValue(valueOfType(field), days));
	// Added before the fields, so that no field takes their names, then moved to the end.
	for (const column of Object.keys(last)) delete flat.row[column];
	return Object.assign(flat.row, last);
}

/** `driver 938172` or `user 4711` */
function actor(by: { id?: string; type?: string } | undefined): string {
	return [by?.type, by?.id].filter(Boolean).join(' ');
}

/** Sent to remove an expiration date. */
export const NO_DATE = '1970-01-01T00:00:00Z';

/** The expiration date in RFC 3339; undefined if the record does not expire. */
export function expirationOf({ expirationDate }: QualificationRecord): string | undefined {
	const isRemoved = expirationDate?.startsWith(NO_DATE.slice(0, -1));
	return !expirationDate || isRemoved ? undefined : expirationDate;
}

function fieldValue(field: RecordField, days: Days): IDataObject[string] {
	return field.tableValue
		? (tableRows(field.tableValue, days) as IDataObject[])
		: simpleValue(field, days);
}

function tableRows({ columns, rows }: Table, days: Days): IDataObject[] {
	const labels = new Map((columns ?? []).map(({ id, label }) => [id, label]));
	return (rows ?? []).map(({ cells }) => {
		const row = new FlatRow({});
		for (const cell of cells ?? [])
			row.add(labels.get(cell.id) ?? cell.id, cellValue(valueOfType(cell), days));
		return row.row;
	});
}

function cellValue(cell: Cell, days: Days): string | number | undefined {
	const { personValue, barcodeValue } = cell;
	if (personValue) return personValue.person?.name ?? personValue.person?.polymorphicUserId?.id;
	if (barcodeValue) return (barcodeValue.barcodes ?? []).map(({ value }) => value).join(', ');
	return simpleValue(cell, days);
}

function simpleValue(field: RecordField | Cell, days: Days): string | number | undefined {
	const { textValue, numberValue, dateTimeValue, multipleChoiceValue, checkBoxesValue } = field;
	if (textValue) return textValue.value;
	if (numberValue) return numberValue.value;
	if (multipleChoiceValue) return multipleChoiceValue.value;
	if (checkBoxesValue) return (checkBoxesValue.value ?? []).join(', ');
	if (dateTimeValue) {
		const { type, value, dateValue } = dateTimeValue;
		if (type === 'date') return dateValue ?? days.date(value);
		return type === 'time' ? days.timeOfDay(value) : value;
	}
	return filesText(mediaIn(field));
}

/** Samsara stores no file names, so a row has e.g. `2 files (1 processing)`. */
function filesText(files: Media[]): string | undefined {
	if (files.length === 0) return undefined;
	const count = files.length === 1 ? '1 file' : `${files.length} files`;
	const processing = files.filter((file) => file.processingStatus === 'processing').length;
	return processing === 0 ? count : `${count} (${processing} processing)`;
}
