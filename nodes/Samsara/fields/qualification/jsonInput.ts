import { DateTime } from 'luxon';
import type { QualificationColumn, QualificationField, RecordFieldInput } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { toText } from '../../common/coercion';
import { isUuid } from '../../common/ids';
import { isWritable, quoteList, VALUE_PROPERTIES } from './qualificationType';

type Json = Record<string, unknown>;

type Definition = Pick<QualificationColumn, 'options'> & { columns?: QualificationColumn[] };

interface ValueReader {
	/** For messages. */
	example: string;
	/** Returns the value without properties that Samsara does not accept, or undefined if it is not valid. */
	read(value: Json, definition: Definition): object | undefined;
}

const VALUE_READERS: Record<string, ValueReader> = {
	text: {
		example: '{"value": "MC-20418"}',
		read: ({ value }) => (typeof value === 'string' ? { value } : undefined),
	},
	number: {
		example: '{"value": 12.5}',
		read: ({ value }) =>
			typeof value === 'number' && Number.isFinite(value) ? { value } : undefined,
	},
	datetime: {
		example: '{"value": "2026-01-15T12:00:00Z"}',
		read: ({ value }) => (isTime(value) ? { value } : undefined),
	},
	multiple_choice: {
		example: '{"valueId": "(ID of a choice)"}',
		read: ({ valueId }, definition) => (isChoice(valueId, definition) ? { valueId } : undefined),
	},
	check_boxes: {
		example: '{"valueIds": ["(ID of a choice)"]}',
		read: ({ valueIds }, definition) =>
			Array.isArray(valueIds) && valueIds.every((id) => isChoice(id, definition))
				? { valueIds }
				: undefined,
	},
	media: {
		example: '{"mediaList": [{"base64Payload": "…", "mediaType": "application/pdf"}]}',
		read({ mediaList }) {
			const files = readAll(mediaList, readFile);
			return files && { mediaList: files };
		},
	},
	signature: {
		example: '{"media": {"base64Payload": "…", "mediaType": "image/png"}}',
		read({ media }) {
			const file = isObject(media) ? readFile(media) : undefined;
			return file && { media: file };
		},
	},
	table: {
		example: '{"rows": [{"id": "(UUID)", "cells": […]}]}',
		read({ rows }, { columns = [] }) {
			const readRows = readAll(rows, ({ id, cells }) => {
				const readCells = readAll(cells, (cell) => readCell(cell, columns));
				return typeof id === 'string' && isUuid(id) && readCells
					? { id, cells: readCells }
					: undefined;
			});
			return readRows && { rows: readRows };
		},
	},
	person: {
		example: '{"person": {"polymorphicUserId": "(ID)"}}',
		read({ person }) {
			const id = isObject(person) ? person.polymorphicUserId : undefined;
			return typeof id === 'string' ? { person: { polymorphicUserId: id } } : undefined;
		},
	},
	barcode: {
		example: '{"barcodes": [{"value": "0123456789"}]}',
		read({ barcodes }) {
			const codes = readAll(barcodes, ({ value }) =>
				typeof value === 'string' ? { value } : undefined,
			);
			return codes && { barcodes: codes };
		},
	},
};

/** Samsara's API cannot write these types in tables. */
const FIELD_ONLY_TYPES = new Set(['media', 'signature', 'table']);

/**
 * Reads fields in the format of Samsara's API and checks them against the type: each ID must exist and occur once, with
 * the type of the field and the value that belongs to it. Properties that only responses have, such as `label`, are
 * dropped.
 *
 * @throws InvalidInputError naming the entry of the list
 */
export function jsonFields(fields: QualificationField[], entries: unknown[]): RecordFieldInput[] {
	const usedIds = new Set<string>();
	return entries.map((entry, index) => {
		const location = `'Fields (JSON)', entry ${index + 1},`;
		if (!isObject(entry)) {
			throw new InvalidInputError(
				`${location} is not an object`,
				'Enter a list of objects with id, type and a value.',
			);
		}
		const field = fields.find(({ id }) => id === entry.id);
		if (field === undefined) {
			throw new InvalidInputError(
				`${location} has the ID '${toText(entry.id)}', which is not a field of the qualification type`,
				`The fields are ${quoteList(fields.map(({ label, id }) => `${label}: ${id}`))}.`,
			);
		}
		const { id, type, label } = field;
		if (usedIds.has(id)) {
			throw new InvalidInputError(`${location} repeats '${label}'`, 'Enter each field only once.');
		}
		usedIds.add(id);
		if (entry.type !== undefined && entry.type !== type) {
			throw new InvalidInputError(
				`${location} has the type '${toText(entry.type)}', but '${label}' has the type '${type}'`,
				`Change the type to '${type}'.`,
			);
		}
		return { id, type, ...readValue(field, entry, location) };
	});
}

function readValue(field: QualificationField, entry: Json, location: string): Json {
	const { type, label } = field;
	const property = VALUE_PROPERTIES.get(type) ?? '';
	if (!isWritable(field)) {
		throw new InvalidInputError(
			`${location} is '${label}', which Samsara's API cannot write`,
			'Remove the entry and fill in this field in the Samsara dashboard.',
		);
	}
	const values = Object.keys(entry).filter((name) => name.endsWith('Value'));
	if (values.length !== 1 || values[0] !== property) {
		throw new InvalidInputError(
			`${location} does not have the value that belongs to '${label}'`,
			`Enter '${property}' and no other value.`,
		);
	}
	const { read, example } = VALUE_READERS[type];
	const value = entry[property];
	const readable = isObject(value) ? read(value, field) : undefined;
	if (readable !== undefined) return { [property]: readable };
	throw new InvalidInputError(
		`${location} has a '${property}' that is not valid for '${label}'`,
		`Enter it in this form: "${property}": ${example}.`,
	);
}

function readCell(cell: Json, columns: QualificationColumn[]): object | undefined {
	const column = columns.find(({ id }) => id === cell.id);
	const property = column && VALUE_PROPERTIES.get(column.type);
	if (!property || FIELD_ONLY_TYPES.has(column.type)) return undefined;
	if (cell.type !== undefined && cell.type !== column.type) return undefined;
	const value = cell[property];
	const readable = isObject(value) ? VALUE_READERS[column.type].read(value, column) : undefined;
	return readable && { id: column.id, type: column.type, [property]: readable };
}

function readFile({ base64Payload, mediaType }: Json): object | undefined {
	const isFile = typeof base64Payload === 'string' && typeof mediaType === 'string';
	return isFile ? { base64Payload, mediaType } : undefined;
}

/** Returns undefined unless every entry can be read. */
function readAll(list: unknown, read: (entry: Json) => object | undefined): object[] | undefined {
	if (!Array.isArray(list)) return undefined;
	const entries = list.flatMap((entry) => (isObject(entry) ? (read(entry) ?? []) : []));
	return entries.length === list.length ? entries : undefined;
}

function isChoice(id: unknown, { options }: Definition): boolean {
	return options === undefined
		? typeof id === 'string' && isUuid(id)
		: options.some((option) => option.id === id);
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function isTime(value: unknown): boolean {
	return typeof value === 'string' && TIME.test(value) && DateTime.fromISO(value).isValid;
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
