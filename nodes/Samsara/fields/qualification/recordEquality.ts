import type { QualificationRecord, RecordBody } from '../../api/types';
import { mediaIn, valueOfType, type WithMedia } from './recordFields';
import { NO_DATE } from './recordRow';

/** What fields and cells have in common, as sent and as returned. Only the ID of a person is nested differently. */
type AnyField = WithMedia<unknown> & {
	id: string;
	tableValue?: { rows?: Array<{ cells?: AnyField[] }> };
	personValue?: { person?: { polymorphicUserId?: string | { id?: string } } };
	barcodeValue?: { barcodes?: Array<{ value: string }> };
	checkBoxesValue?: { valueIds?: string[] };
	dateTimeValue?: { value: string };
	multipleChoiceValue?: { valueId?: string };
	numberValue?: { value: number };
	textValue?: { value: string };
};

/** Whether a record has the dates of a create request. */
export function sameDates(body: RecordBody, record: QualificationRecord): boolean {
	return (
		toTimestamp(body.issueDate) === toTimestamp(record.issueDate) &&
		toTimestamp(body.expirationDate) === toTimestamp(record.expirationDate)
	);
}

/** Whether a record may have the dates of a create request: Samsara may fill in an expiration date that was not sent. */
export function mayHaveDates(body: RecordBody, record: QualificationRecord): boolean {
	const { expirationDate = record.expirationDate } = body;
	return sameDates({ ...body, expirationDate }, record);
}

/** Whether a record has the fields of a create request. For files, only their number can be compared. */
export function sameFields(body: RecordBody, record: QualificationRecord): boolean {
	return serializeById(body.fields) === serializeById(record.fields ?? []);
}

/** Times as numbers, whatever their format. Text that is not a time stays as it is. */
function toTimestamp(time: string | undefined): number | string {
	const milliseconds = Date.parse(time ?? NO_DATE);
	return Number.isNaN(milliseconds) ? String(time) : milliseconds;
}

/** The value of a field or cell, as sent or as returned. */
function comparableValue(field: AnyField): unknown {
	const value = valueOfType(field);
	const { tableValue, personValue, barcodeValue, checkBoxesValue, dateTimeValue } = value;
	if (tableValue) {
		return (tableValue.rows ?? []).map(({ cells }) => serializeById(cells ?? []));
	}
	const files = mediaIn(value);
	if (files.length > 0) return files.length;
	if (personValue) {
		const id = personValue.person?.polymorphicUserId;
		return typeof id === 'object' ? id.id : id;
	}
	if (barcodeValue) return (barcodeValue.barcodes ?? []).map(({ value: code }) => code);
	if (checkBoxesValue) return [...(checkBoxesValue.valueIds ?? [])].sort();
	if (dateTimeValue) return toTimestamp(dateTimeValue.value);
	return value.multipleChoiceValue?.valueId ?? value.numberValue?.value ?? value.textValue?.value;
}

/** The same text for the same values in any order. */
function serializeById(fields: AnyField[]): string {
	const values = fields.map((field) => [field.id, comparableValue(field)] as const);
	return JSON.stringify(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}
