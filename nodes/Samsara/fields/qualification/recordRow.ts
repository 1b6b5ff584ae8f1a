import type { IDataObject } from 'n8n-workflow';
import type { Owner } from '../../api/owners';
import type { QualificationRecord, RecordField } from '../../api/types';
import type { Days } from '../dates';
import { formatExternalIds } from '../../common/ids';
import { nullRow } from '../../common/alignColumns';
import { FlatRow } from '../flatRow';
import { mediaIn, valueOfType, type Media } from './recordFields';

type Table = NonNullable<RecordField['tableValue']>;

type Cell = Table['rows'][number]['cells'][number] & {
	/** Not yet in the type of this version of the SDK; added in 14.7. */
	barcodeValue?: { barcodes: Array<{ value: string }> };
};

/** The columns that every row has, before and after those of the fields. */
const FIRST_COLUMNS = [
	'ownerName',
	'type',
	'expirationDate',
	'daysUntilExpiration',
	'issueDate',
	'status',
] as const;

const LAST_COLUMNS = [
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
	'updatedAtTime',
	'updatedBy',
	'updatedByType',
] as const;

const OWN_COLUMNS: ReadonlySet<string> = new Set([...FIRST_COLUMNS, ...LAST_COLUMNS]);

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
	const contact = contactColumns(record.owner);
	const fields = new FlatRow({ ...first }, OWN_COLUMNS);
	for (const field of record.fields ?? [])
		fields.add(field.label ?? field.id, fieldValue(valueOfType(field), days));
	const row = emptyRow(Object.keys(fields.row), Object.keys(first).length);
	for (const column in fields.row) row[column] = fields.row[column];
	row.type = orNull(record.qualificationType.name ?? record.qualificationType.id);
	row.expirationDate = orNull(expiration && days.date(expiration));
	row.daysUntilExpiration = expiration === undefined ? undefined : days.until(expiration);
	row.issueDate = orNull(record.issueDate && days.date(record.issueDate));
	row.status = orNull(record.recordStatus);
	row.externalIds = orNull(formatExternalIds(record.externalIds));
	row.ownerType = orNull(record.owner.entityType);
	row.ownerId = orNull(record.owner.id);
	row.ownerEmail = orNull(contact.ownerEmail);
	row.ownerPhone = orNull(contact.ownerPhone);
	row.ownerExternalIds = orNull(contact.ownerExternalIds);
	row.id = orNull(record.id);
	row.createdAtTime = orNull(record.createdAtTime);
	row.createdBy = orNull(actor(createdBy));
	row.createdByType = orNull(createdBy?.type);
	row.updatedAtTime = orNull(record.updatedAtTime);
	row.updatedBy = orNull(actor(updatedBy));
	row.updatedByType = orNull(updatedBy?.type);
	return owner ? Object.assign(row, ownerColumns(owner)) : row;
}

const MAX_TEMPLATES = 500;

/** By the names of their columns. */
const templates = new Map<string, IDataObject>();

/**
 * A row with all columns, empty. Copies of an object take a quarter of the time, and less memory, than objects to which two
 * dozen columns are added.
 */
function emptyRow(names: string[], firstCount: number): IDataObject {
	const key = JSON.stringify([firstCount, names]);
	let template = templates.get(key);
	if (!template) {
		if (templates.size >= MAX_TEMPLATES) templates.clear();
		const first = names.slice(0, firstCount);
		const columns = [...first, ...FIRST_COLUMNS, ...names.slice(firstCount), ...LAST_COLUMNS];
		template = nullRow(columns);
		templates.set(key, template);
	}
	return { ...template };
}

/** The columns that come from the owner, for a row that was made before the owner was read. */
export function ownerColumns(owner: Owner): IDataObject {
	const { ownerEmail, ownerPhone, ownerExternalIds } = contactColumns(owner);
	return {
		ownerName: orNull(owner.name),
		ownerEmail: orNull(ownerEmail),
		ownerPhone: orNull(ownerPhone),
		ownerExternalIds: orNull(ownerExternalIds),
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
