import { invalid } from './errors.mts';
import type { Backend } from './endpoint.mts';
import { utc } from './times.mts';
import type {
	ColumnDefinition,
	FieldDefinition,
	FieldType,
	Option,
	QualificationType,
	StoredRow,
	StoredValue,
} from './types.mts';

interface Media {
	base64Payload: string;
	mediaType: string;
}

/** A value in a request: a field of a record or a cell of a table. */
export interface InputValue {
	id: string;
	type: FieldType;
	textValue?: { value: string };
	numberValue?: { value: number };
	dateTimeValue?: { value: string };
	multipleChoiceValue?: { valueId: string };
	checkBoxesValue?: { valueIds: string[] };
	mediaValue?: { mediaList: Media[] };
	signatureValue?: { media: Media };
	personValue?: { person: { polymorphicUserId: string } };
	barcodeValue?: { barcodes: Array<{ value: string }> };
	tableValue?: { rows: Array<{ id: string; cells: InputValue[] }> };
}

const VALUE_MEMBERS = {
	text: 'textValue',
	number: 'numberValue',
	datetime: 'dateTimeValue',
	multiple_choice: 'multipleChoiceValue',
	check_boxes: 'checkBoxesValue',
	media: 'mediaValue',
	signature: 'signatureValue',
	person: 'personValue',
	barcode: 'barcodeValue',
	table: 'tableValue',
} as const;

/**
 * Validates the fields of a request against the type and converts them for storage. Uploaded files are added to the media
 * store.
 * @throws ApiError 400 that names the field, for an unknown ID, a wrong type, a missing or additional value object, an unknown
 *   option or column, or a repeated field, row or column
 */
export function readFields(
	backend: Backend,
	type: QualificationType,
	input: InputValue[],
): StoredValue[] {
	const seen = new Set<string>();
	return input.map((value, number) => {
		const location = `fields[${number}]`;
		const definition = type.fields.find(({ id }) => id === value.id);
		if (definition === undefined) {
			throw invalid(`${location}.id: "${value.id}" is not a field of "${type.name}"`);
		}
		if (seen.has(value.id))
			throw invalid(`${location}.id: field "${definition.label}" is repeated`);
		seen.add(value.id);
		return readValue(backend, definition, value, location);
	});
}

/**
 * @throws ApiError 400 if a required field of the type is missing or empty
 */
export function requireFields(type: QualificationType, fields: StoredValue[]): void {
	for (const { id, label, isRequired } of type.fields) {
		if (!isRequired) continue;
		const value = fields.find((field) => field.id === id);
		if (value === undefined || isEmpty(value)) {
			throw invalid(`fields: the required field "${label}" (${id}) is missing`);
		}
	}
}

function isEmpty({ text, valueIds, mediaIds, rows }: StoredValue): boolean {
	return text === '' || [valueIds, mediaIds, rows].some((values) => values?.length === 0);
}

function readValue(
	backend: Backend,
	definition: ColumnDefinition & { columns?: FieldDefinition['columns'] },
	input: InputValue,
	location: string,
): StoredValue {
	const { id, type } = input;
	if (type !== definition.type) {
		throw invalid(`${location}.type: "${definition.label}" is a ${definition.type}, not a ${type}`);
	}
	const members = Object.keys(input).filter((member) => member.endsWith('Value'));
	const expected = VALUE_MEMBERS[type as keyof typeof VALUE_MEMBERS];
	if (members.length !== 1 || members[0] !== expected) {
		throw invalid(
			`${location}: a ${type} must have ${expected} and no other value, not [${members.join(', ')}]`,
		);
	}
	return { id, type, ...readContent(backend, definition, input, location) };
}

function readContent(
	backend: Backend,
	definition: ColumnDefinition & { columns?: FieldDefinition['columns'] },
	input: InputValue,
	location: string,
): Omit<StoredValue, 'id' | 'type'> {
	if (input.textValue) return { text: input.textValue.value };
	if (input.numberValue) return { number: input.numberValue.value };
	if (input.dateTimeValue) return { dateTime: utc(input.dateTimeValue.value) };
	if (input.multipleChoiceValue) {
		const { valueId } = input.multipleChoiceValue;
		requireOption(definition.options, valueId, `${location}.multipleChoiceValue.valueId`);
		return { valueId };
	}
	if (input.checkBoxesValue) {
		const { valueIds } = input.checkBoxesValue;
		for (const id of valueIds) {
			requireOption(definition.options, id, `${location}.checkBoxesValue.valueIds`);
		}
		if (new Set(valueIds).size < valueIds.length) {
			throw invalid(`${location}.checkBoxesValue.valueIds: an option is repeated`);
		}
		return { valueIds };
	}
	if (input.mediaValue) {
		const { mediaList } = input.mediaValue;
		return {
			mediaIds: mediaList.map((media, number) =>
				upload(backend, media, `${location}.mediaValue.mediaList[${number}]`),
			),
		};
	}
	if (input.signatureValue) {
		return {
			mediaIds: [upload(backend, input.signatureValue.media, `${location}.signatureValue.media`)],
		};
	}
	if (input.personValue) {
		const { polymorphicUserId: id } = input.personValue.person;
		if (!backend.state.drivers.has(id)) {
			throw invalid(`${location}.personValue.person.polymorphicUserId: unknown person "${id}"`);
		}
		return { person: { id, type: 'driver' } };
	}
	if (input.barcodeValue)
		return { barcodes: input.barcodeValue.barcodes.map(({ value }) => value) };
	return { rows: readRows(backend, definition.columns ?? [], input, location) };
}

function readRows(
	backend: Backend,
	columns: ColumnDefinition[],
	input: InputValue,
	location: string,
): StoredRow[] {
	const seen = new Set<string>();
	return (input.tableValue?.rows ?? []).map(({ id, cells }, number) => {
		const row = `${location}.tableValue.rows[${number}]`;
		if (seen.has(id)) throw invalid(`${row}.id: row ${id} is repeated`);
		seen.add(id);
		const filled = new Set<string>();
		return {
			id,
			cells: cells.map((cell, position) => {
				const column = columns.find((candidate) => candidate.id === cell.id);
				if (column === undefined) {
					throw invalid(`${row}.cells[${position}].id: "${cell.id}" is not a column of the table`);
				}
				if (filled.has(cell.id)) {
					throw invalid(`${row}.cells[${position}].id: column "${column.label}" is repeated`);
				}
				filled.add(cell.id);
				return readValue(backend, column, cell, `${row}.cells[${position}]`);
			}),
		};
	});
}

function requireOption(options: Option[] | undefined, id: string, location: string): void {
	if (!options?.some((option) => option.id === id))
		throw invalid(`${location}: unknown option "${id}"`);
}

function upload(backend: Backend, media: Media, location: string): string {
	const id = backend.state.newUuid();
	backend.media.upload(id, media.base64Payload, media.mediaType, location);
	return id;
}
