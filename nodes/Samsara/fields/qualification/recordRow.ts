import type { IDataObject } from 'n8n-workflow';
import type { Owner } from '../../api/owners';
import type { QualificationRecord, RecordField } from '../../api/types';
import type { Days } from '../dates';
import { formatExternalIds } from '../../common/ids';
import { FlatRow } from '../flatRow';
import { mediaIn, valueOfType, type Media } from './recordFields';

type Table = NonNullable<RecordField['tableValue']>;

type Cell = Table['rows'][number]['cells'][number] & {
	/** Not yet in the type of this version of the SDK; added in 14.7. */
	barcodeValue?: { barcodes: Array<{ value: string }> };
};

/** The columns that every row has. */
const OWN_COLUMNS = new Set([
	'ownerName',
	'type',
	'expirationDate',
	'daysUntilExpiration',
	'issueDate',
	'status',
	'externalIds',
	'ownerType',
	'ownerId',
	'ownerEmail',
	'ownerPhone',
	'ownerExternalIds',
	'id',
	'createdAtTime',
	'createdBy',
	'createdByType',
	'createdById',
	'updatedAtTime',
	'updatedBy',
	'updatedByType',
	'updatedById',
]);

/**
 * A qualification record as a flat row: first the owner, the type and the dates, then one column per field under the
 * field's label, and last the IDs and who created and changed it. Choices become text, tables become lists of rows, and
 * files are counted. All columns but those of the fields are always there; without a value they are null, or
 * undefined for the days (see alignColumns).
 *
 * @param first columns that the operation adds. A field with the same label gets a number, as with all other columns.
 */
export function recordRow(
	record: QualificationRecord,
	days: Days,
	owner?: Owner,
	first: IDataObject = {},
): IDataObject {
	const { createdBy, updatedBy } = record;
	const expiration = expirationOf(record);
	const contact = contactColumns(owner ?? record.owner);
	const fields = new FlatRow({ ...first }, OWN_COLUMNS);
	for (const field of record.fields ?? [])
		fields.add(field.label ?? field.id, fieldValue(valueOfType(field), days));
	// One literal, because V8 makes objects slow and large to which more than a dozen columns are added in loops.
	return {
		...first,
		ownerName: orNull(owner?.name),
		type: orNull(record.qualificationType.name ?? record.qualificationType.id),
		expirationDate: orNull(expiration && days.date(expiration)),
		daysUntilExpiration: expiration === undefined ? undefined : days.until(expiration),
		issueDate: orNull(record.issueDate && days.date(record.issueDate)),
		status: orNull(record.recordStatus),
		...fields.row,
		externalIds: orNull(formatExternalIds(record.externalIds)),
		ownerType: orNull(record.owner.entityType),
		ownerId: orNull(record.owner.id),
		ownerEmail: orNull(contact.ownerEmail),
		ownerPhone: orNull(contact.ownerPhone),
		ownerExternalIds: orNull(contact.ownerExternalIds),
		id: orNull(record.id),
		createdAtTime: orNull(record.createdAtTime),
		createdBy: orNull(actor(createdBy)),
		createdByType: orNull(createdBy?.type),
		createdById: orNull(createdBy?.id),
		updatedAtTime: orNull(record.updatedAtTime),
		updatedBy: orNull(actor(updatedBy)),
		updatedByType: orNull(updatedBy?.type),
		updatedById: orNull(updatedBy?.id),
	};
}

function orNull(text: string | undefined): string | null {
	return text === undefined || text === '' ? null : text;
}

/** How to reach the owner. Assets have neither an email address nor a phone number. */
export function contactColumns({
	email,
	phone,
	externalIds,
}: Partial<Owner>): Record<'ownerEmail' | 'ownerPhone' | 'ownerExternalIds', string | undefined> {
	return {
		ownerEmail: email,
		ownerPhone: phone,
		ownerExternalIds: formatExternalIds(externalIds),
	};
}

/** `driver 938172` or `user 4711` */
function actor(by: { id?: string; type?: string } | undefined): string {
	return `${by?.type ?? ''} ${by?.id ?? ''}`.trim();
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
