import type {
	QualificationRecord,
	RecordBody,
	RecordField,
	RecordFieldInput,
	TableCellInput,
} from '../../api/types';
import { mediaIn } from './media';
import { valueOfType } from './valueOfType';

type RecordCell = NonNullable<RecordField['tableValue']>['rows'][number]['cells'][number];

/** True for a record that has the dates of a draft: it may have come of it. */
export function sameDates(body: RecordBody, record: QualificationRecord): boolean {
	return (
		toTimestamp(body.issueDate) === toTimestamp(record.issueDate) &&
		toTimestamp(body.expirationDate) === toTimestamp(record.expirationDate)
	);
}

/** True for a record whose fields hold what a draft says. Of files only the number can be compared. */
export function sameFields(body: RecordBody, record: QualificationRecord): boolean {
	return (
		serializeById(body.fields.map((field) => [field.id, comparableInput(field)])) ===
		serializeById((record.fields ?? []).map((field) => [field.id, comparableField(field)]))
	);
}

/** 1970 stands for no date; what is no date is as it is. */
function toTimestamp(time: string | undefined): number | string {
	const milliseconds = Date.parse(time ?? '1970-01-01T00:00:00Z');
	return Number.isNaN(milliseconds) ? String(time) : milliseconds;
}

function comparableInput(field: RecordFieldInput | TableCellInput): unknown {
	if ('tableValue' in field && field.tableValue) {
		return field.tableValue.rows.map(({ cells }) =>
			serializeById(cells.map((cell) => [cell.id, comparableInput(cell)])),
		);
	}
	if ('mediaValue' in field && field.mediaValue) return field.mediaValue.mediaList.length;
	if ('signatureValue' in field && field.signatureValue) return 1;
	if ('personValue' in field && field.personValue)
		return field.personValue.person.polymorphicUserId;
	if ('barcodeValue' in field) return field.barcodeValue?.barcodes.map(({ value }) => value);
	return comparableSimpleValue(field);
}

function comparableField(input: RecordField | RecordCell): unknown {
	const field = valueOfType(input);
	if ('tableValue' in field && field.tableValue) {
		return (field.tableValue.rows ?? []).map(({ cells }) =>
			serializeById((cells ?? []).map((cell) => [cell.id, comparableField(cell)])),
		);
	}
	const media = mediaIn(field);
	if (media.length > 0) return media.length;
	if ('personValue' in field && field.personValue)
		return field.personValue.person?.polymorphicUserId?.id;
	if ('barcodeValue' in field) {
		const { barcodes } = field.barcodeValue as { barcodes?: Array<{ value: string }> };
		return (barcodes ?? []).map(({ value }) => value);
	}
	return comparableSimpleValue(field);
}

/** One text for the same values, whatever their order. */
function serializeById(values: Array<[string, unknown]>): string {
	return JSON.stringify(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function comparableSimpleValue(
	field:
		| Pick<
				RecordField,
				'checkBoxesValue' | 'dateTimeValue' | 'multipleChoiceValue' | 'numberValue' | 'textValue'
		  >
		| RecordFieldInput
		| TableCellInput,
): unknown {
	const { checkBoxesValue, dateTimeValue, multipleChoiceValue, numberValue, textValue } = field;
	if (checkBoxesValue) return [...(checkBoxesValue.valueIds ?? [])].sort();
	if (dateTimeValue) return toTimestamp(dateTimeValue.value);
	if (multipleChoiceValue) return multipleChoiceValue.valueId;
	return numberValue?.value ?? textValue?.value;
}
