import { randomUUID } from 'crypto';
import { jsonParse, type IDataObject } from 'n8n-workflow';
import type { QualificationColumn, RecordFieldInput, TableCellInput } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import type { DateSettings } from '../dateFormat';
import type { Files } from './files';
import { findByIdOrLabel, isBlank, quoteList, type FormField } from './qualificationType';
import { simpleValue } from './simpleValue';

/** A field and the value entered for it, which is not blank. */
export interface FieldEntry extends FormField {
	value: unknown;
}

/**
 * Reads the values entered in the form. Automatic mapping uses the item's columns whose names match a label and ignores
 * the others. An expression may also replace the whole form with an object of labels and values.
 *
 * @param form the value of the 'Fields' parameter
 * @param json the item's JSON, for automatic mapping
 * @throws InvalidInputError if a value has the name of no writable field
 */
export function readForm(
	fields: FormField[],
	form: unknown,
	json: IDataObject,
	typeName: string,
): FieldEntry[] {
	if (!isResourceMapper(form)) return matchFields(fields, form, typeName);
	return form.mappingMode === 'autoMapInputData'
		? matchFields(fields, json)
		: matchFields(fields, form.value, typeName);
}

function isResourceMapper(form: unknown): form is { mappingMode: string; value?: unknown } {
	return typeof form === 'object' && form !== null && 'mappingMode' in form;
}

/** @param typeName if absent, values that match no field are ignored */
function matchFields(fields: FormField[], values: unknown, typeName?: string): FieldEntry[] {
	if (typeof values !== 'object' || values === null) return [];
	const entries = new Map<FormField, { name: string; value: unknown }>();
	for (const [name, value] of Object.entries(values)) {
		if (isBlank(value)) continue;
		const field = findByIdOrLabel(fields, name);
		if (field === undefined) {
			if (typeName !== undefined) throw unknownFieldError(fields, name, typeName);
		}
		// If two columns differ only in case, the one that is spelled like the label wins.
		else if (!entries.has(field) || name === field.label) entries.set(field, { name, value });
	}
	return fields.flatMap((field) => {
		const entry = entries.get(field);
		return entry ? [{ ...field, value: entry.value }] : [];
	});
}

function unknownFieldError(fields: FormField[], name: string, typeName: string) {
	return new InvalidInputError(
		`'Fields' has a value for '${name}', which is not a writable field of '${typeName}'`,
		`The fields are ${quoteList(fields.map(({ label }) => label))}. If you changed the type, refresh the field list in the menu of 'Fields'.`,
	);
}

/** @throws InvalidInputError listing the required fields that are missing */
export function requireFields(fields: FormField[], entries: Array<{ id: string }>): void {
	const missing = fields.filter(
		({ id, field }) => field.isRequired && !entries.some((entry) => entry.id === id),
	);
	if (missing.length === 0) return;
	throw new InvalidInputError(
		`'Fields' lacks ${quoteList(missing.map(({ label }) => label))}, which the qualification type requires`,
		'Fill in every required field.',
	);
}

/**
 * Converts a field entry to the form that Samsara's API takes.
 *
 * @throws InvalidInputError if the value does not fit the field
 */
export async function toApiField(
	{ field, label, value }: FieldEntry,
	files: Files,
	dates: DateSettings,
): Promise<RecordFieldInput> {
	const { id, type } = field;
	switch (type) {
		case 'media':
			return { id, type, mediaValue: { mediaList: await files.media(value, label) } };
		case 'signature': {
			const media = await files.media(value, label);
			if (media.length === 1) return { id, type, signatureValue: { media: media[0] } };
			throw new InvalidInputError(
				`'${label}' names ${media.length} files`,
				'A signature is a single picture: enter the name of one file of the item.',
			);
		}
		case 'table':
			return {
				id,
				type,
				tableValue: { rows: tableRows(field.columns ?? [], value, label, dates) },
			};
		default:
			return { id, type, ...simpleValue(field, value, label, dates) };
	}
}

/** Accepts a list of rows, or one as JSON text. A row is an object with column labels as keys, or a list of cells. */
function tableRows(
	columns: QualificationColumn[],
	value: unknown,
	label: string,
	dates: DateSettings,
) {
	const parsed =
		typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: '' }) : value;
	const rows: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
	return rows.map((row, index) => {
		if (typeof row === 'object' && row !== null)
			return {
				id: randomUUID(),
				cells: tableCells(columns, row, `${label}, row ${index + 1}`, dates),
			};
		throw new InvalidInputError(
			`'${label}' is not a list of rows`,
			`Enter a JSON list in '${label}', with one object per row that has the column labels as keys.`,
		);
	});
}

function tableCells(
	columns: QualificationColumn[],
	row: object,
	rowLabel: string,
	dates: DateSettings,
): TableCellInput[] {
	const cells: TableCellInput[] = [];
	for (const [key, value] of Object.entries(row) as Array<[string, unknown]>) {
		if (isBlank(value)) continue;
		const column = Array.isArray(row) ? columns[Number(key)] : findByIdOrLabel(columns, key);
		if (column === undefined) {
			throw new InvalidInputError(
				Array.isArray(row)
					? `'${rowLabel}' has more cells than the table has columns`
					: `'${rowLabel}' has a value for '${key}', which is not a column of the table`,
				`The columns are ${quoteList(columns.map((candidate) => candidate.label))}.`,
			);
		}
		const { id, type, label } = column;
		if (cells.some((cell) => cell.id === id)) {
			throw new InvalidInputError(
				`'${rowLabel}' has two values for the column '${label}'`,
				'Enter one value per column and row.',
			);
		}
		cells.push({ id, type, ...simpleValue(column, value, `${rowLabel}, ${label}`, dates) });
	}
	return cells;
}
