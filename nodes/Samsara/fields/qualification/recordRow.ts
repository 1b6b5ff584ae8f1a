import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord, RecordField } from '../../api/types';
import type { Days } from '../days';
import { formatExternalIds } from '../externalIds';
import { compact, FlatRow } from '../flatRow';
import { filesText, mediaIn } from './media';
import { valueOfType } from './valueOfType';

type Table = NonNullable<RecordField['tableValue']>;
type Cell = Table['rows'][number]['cells'][number] & {
	/** Of SDK 14.7. */
	barcodeValue?: { barcodes: Array<{ value: string }> };
};

/**
 * A qualification record as one flat row: what it is and when it ends first, then a column a field under the field's
 * label, then whose hands it went through. Choices are text, tables lists of rows, files their count.
 *
 * @param days today, in the zone that days are counted in
 * @param first columns of the caller's own. A field of the same label gets a number, as with every column of ours.
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
	// Taken before the fields, so that none takes their names; shown after them.
	for (const column of Object.keys(last)) delete flat.row[column];
	return Object.assign(flat.row, last);
}

/** `driver 938172` or `user 4711` */
function actor(by: { id?: string; type?: string } | undefined): string {
	return [by?.type, by?.id].filter(Boolean).join(' ');
}

/** Clearing an expiration date is done by sending 1970; whichever way Samsara answers it, it means that there is none. */
const CLEARED_DATE = '1970-01-01T00:00:00';

/** When the record ends, RFC 3339; undefined for one that lasts for ever. */
export function expirationOf({ expirationDate }: QualificationRecord): string | undefined {
	return !expirationDate || expirationDate.startsWith(CLEARED_DATE) ? undefined : expirationDate;
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
