import type {
	QualificationRecord,
	RecordBody,
	RecordField,
	RecordFieldInput,
	TableCellInput,
} from '../../api/types';
import { mediaIn, valueOfType } from './recordFields';
import { NO_DATE } from './recordRow';

type RecordCell = NonNullable<RecordField['tableValue']>['rows'][number]['cells'][number];

/** Whether a record has the dates of a create request. */
export function sameDates(body: RecordBody, record: QualificationRecord): boolean {
	return (
		toTimestamp(body.issueDate) === toTimestamp(record.issueDate) &&
		toTimestamp(body.expirationDate) === toTimestamp(record.expirationDate)
	);
}

/** Whether a record has the fields of a create request. For files, only their number can be compared. */
export function sameFields(body: RecordBody, record: QualificationRecord): boolean {
	return (
		serializeById(body.fields.map((field) => [field.id, comparableInput(field)])) ===
		serializeById((record.fields ?? []).map((field) => [field.id, comparableField(field)]))
	);
}

/** Times as numbers, whatever their format. Text that is not a time stays as it is. */
function toTimestamp(time: string | undefined): number | string {
	const milliseconds = Date.parse(time ?? NO_DATE);
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

/** The same text for the same values in any order. */
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
