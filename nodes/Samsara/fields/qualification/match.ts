import type {
	QualificationRecord,
	RecordDraft,
	RecordField,
	RecordFieldInput,
	TableCellInput,
} from '../../api/types';
import { mediaIn } from './media';
import { ownValue } from './ownValue';

type AnsweredCell = NonNullable<RecordField['tableValue']>['rows'][number]['cells'][number];

/** True for a record that has the dates of a draft: it may have come of it. */
export function sameDates(draft: RecordDraft, record: QualificationRecord): boolean {
	return (
		moment(draft.issueDate) === moment(record.issueDate) &&
		moment(draft.expirationDate) === moment(record.expirationDate)
	);
}

/** True for a record whose fields hold what a draft says. Of files only the number can be compared. */
export function sameFields(draft: RecordDraft, record: QualificationRecord): boolean {
	return (
		byId(draft.fields.map((field) => [field.id, sent(field)])) ===
		byId((record.fields ?? []).map((field) => [field.id, answered(field)]))
	);
}

/** 1970 stands for no date; what is no date is as it is. */
function moment(time: string | undefined): number | string {
	const milliseconds = Date.parse(time ?? '1970-01-01T00:00:00Z');
	return Number.isNaN(milliseconds) ? String(time) : milliseconds;
}

function sent(field: RecordFieldInput | TableCellInput): unknown {
	if ('tableValue' in field && field.tableValue) {
		return field.tableValue.rows.map(({ cells }) =>
			byId(cells.map((cell) => [cell.id, sent(cell)])),
		);
	}
	if ('mediaValue' in field && field.mediaValue) return field.mediaValue.mediaList.length;
	if ('signatureValue' in field && field.signatureValue) return 1;
	if ('personValue' in field && field.personValue)
		return field.personValue.person.polymorphicUserId;
	if ('barcodeValue' in field) return field.barcodeValue?.barcodes.map(({ value }) => value);
	return simple(field);
}

function answered(given: RecordField | AnsweredCell): unknown {
	const field = ownValue(given);
	if ('tableValue' in field && field.tableValue) {
		return (field.tableValue.rows ?? []).map(({ cells }) =>
			byId((cells ?? []).map((cell) => [cell.id, answered(cell)])),
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
	return simple(field);
}

/** One text for the same values, whatever their order. */
function byId(values: Array<[string, unknown]>): string {
	return JSON.stringify(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function simple(
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
	if (dateTimeValue) return moment(dateTimeValue.value);
	if (multipleChoiceValue) return multipleChoiceValue.valueId;
	return numberValue?.value ?? textValue?.value;
}
