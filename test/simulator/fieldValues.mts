import { invalid } from './errors.mts';
import type { World } from './endpoint.mts';
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

/** A value of a request: a field of a record, or a cell of a table. */
export interface GivenValue {
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
	tableValue?: { rows: Array<{ id: string; cells: GivenValue[] }> };
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
 * The fields of a create or update request, checked against the type and ready to be kept; uploaded
 * files go into the media store.
 * @throws ApiError 400 naming the field for an unknown id, another type than the field's, a missing
 *   or surplus value object, an unknown choice, row or column, or a field that is given twice
 */
export function readFields(
	world: World,
	type: QualificationType,
	given: GivenValue[],
): StoredValue[] {
	const seen = new Set<string>();
	return given.map((value, number) => {
		const at = `fields[${number}]`;
		const definition = type.fields.find(({ id }) => id === value.id);
		if (definition === undefined) {
			throw invalid(`${at}.id: "${value.id}" is not a field of "${type.name}"`);
		}
		if (seen.has(value.id)) throw invalid(`${at}.id: field "${definition.label}" is given twice`);
		seen.add(value.id);
		return readValue(world, definition, value, at);
	});
}

/**
 * @throws ApiError 400 for a required field of the type that is absent or has an empty value
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
	world: World,
	definition: ColumnDefinition & { columns?: FieldDefinition['columns'] },
	given: GivenValue,
	at: string,
): StoredValue {
	const { id, type } = given;
	if (type !== definition.type) {
		throw invalid(`${at}.type: "${definition.label}" is a ${definition.type}, not a ${type}`);
	}
	const members = Object.keys(given).filter((member) => member.endsWith('Value'));
	const expected = VALUE_MEMBERS[type as keyof typeof VALUE_MEMBERS];
	if (members.length !== 1 || members[0] !== expected) {
		throw invalid(
			`${at}: a ${type} takes ${expected} and nothing else, got [${members.join(', ')}]`,
		);
	}
	return { id, type, ...readContent(world, definition, given, at) };
}

function readContent(
	world: World,
	definition: ColumnDefinition & { columns?: FieldDefinition['columns'] },
	given: GivenValue,
	at: string,
): Omit<StoredValue, 'id' | 'type'> {
	if (given.textValue) return { text: given.textValue.value };
	if (given.numberValue) return { number: given.numberValue.value };
	if (given.dateTimeValue) return { dateTime: utc(given.dateTimeValue.value) };
	if (given.multipleChoiceValue) {
		const { valueId } = given.multipleChoiceValue;
		requireOption(definition.options, valueId, `${at}.multipleChoiceValue.valueId`);
		return { valueId };
	}
	if (given.checkBoxesValue) {
		const { valueIds } = given.checkBoxesValue;
		for (const id of valueIds) {
			requireOption(definition.options, id, `${at}.checkBoxesValue.valueIds`);
		}
		if (new Set(valueIds).size < valueIds.length) {
			throw invalid(`${at}.checkBoxesValue.valueIds: an option is given twice`);
		}
		return { valueIds };
	}
	if (given.mediaValue) {
		const { mediaList } = given.mediaValue;
		return {
			mediaIds: mediaList.map((media, number) =>
				upload(world, media, `${at}.mediaValue.mediaList[${number}]`),
			),
		};
	}
	if (given.signatureValue) {
		return { mediaIds: [upload(world, given.signatureValue.media, `${at}.signatureValue.media`)] };
	}
	if (given.personValue) {
		const { polymorphicUserId: id } = given.personValue.person;
		if (!world.state.drivers.has(id)) {
			throw invalid(`${at}.personValue.person.polymorphicUserId: unknown person "${id}"`);
		}
		return { person: { id, type: 'driver' } };
	}
	if (given.barcodeValue)
		return { barcodes: given.barcodeValue.barcodes.map(({ value }) => value) };
	return { rows: readRows(world, definition.columns ?? [], given, at) };
}

function readRows(
	world: World,
	columns: ColumnDefinition[],
	given: GivenValue,
	at: string,
): StoredRow[] {
	const seen = new Set<string>();
	return (given.tableValue?.rows ?? []).map(({ id, cells }, number) => {
		const row = `${at}.tableValue.rows[${number}]`;
		if (seen.has(id)) throw invalid(`${row}.id: row ${id} is given twice`);
		seen.add(id);
		const filled = new Set<string>();
		return {
			id,
			cells: cells.map((cell, place) => {
				const column = columns.find((candidate) => candidate.id === cell.id);
				if (column === undefined) {
					throw invalid(`${row}.cells[${place}].id: "${cell.id}" is not a column of the table`);
				}
				if (filled.has(cell.id)) {
					throw invalid(`${row}.cells[${place}].id: column "${column.label}" is given twice`);
				}
				filled.add(cell.id);
				return readValue(world, column, cell, `${row}.cells[${place}]`);
			}),
		};
	});
}

function requireOption(options: Option[] | undefined, id: string, at: string): void {
	if (!options?.some((option) => option.id === id)) throw invalid(`${at}: unknown option "${id}"`);
}

function upload(world: World, media: Media, at: string): string {
	const id = world.state.newUuid();
	world.media.upload(id, media.base64Payload, media.mediaType, at);
	return id;
}
