import { DateTime } from 'luxon';
import type { QualificationColumn, QualificationField, RecordFieldInput } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { isObject, toText } from '../../common/coercion';
import { isUuid } from '../../common/ids';
import { isWritable, quoteList, VALUE_PROPERTIES } from './qualificationType';

type Json = Record<string, unknown>;

type Definition = Pick<QualificationColumn, 'options'> & { columns?: QualificationColumn[] };

/** What a value consists of: a function returns a part of it, or undefined if that is not valid. */
type Shape =
	| ((value: unknown, definition: Definition) => unknown)
	| [Shape]
	| { [property: string]: Shape };

const FILE: Shape = { base64Payload: text, mediaType: text };

const VALUES: Record<string, { shape: Shape; example: string }> = {
	text: { shape: { value: text }, example: '{"value": "MC-20418"}' },
	number: { shape: { value: finiteNumber }, example: '{"value": 12.5}' },
	datetime: { shape: { value: time }, example: '{"value": "2026-01-15T12:00:00Z"}' },
	multiple_choice: { shape: { valueId: choice }, example: '{"valueId": "(ID of a choice)"}' },
	check_boxes: { shape: { valueIds: [choice] }, example: '{"valueIds": ["(ID of a choice)"]}' },
	media: {
		shape: { mediaList: [FILE] },
		example: '{"mediaList": [{"base64Payload": "…", "mediaType": "application/pdf"}]}',
	},
	signature: {
		shape: { media: FILE },
		example: '{"media": {"base64Payload": "…", "mediaType": "image/png"}}',
	},
	table: {
		shape: { rows: [{ id: uuid, cells: [cell] }] },
		example: '{"rows": [{"id": "(UUID)", "cells": […]}]}',
	},
	person: {
		shape: { person: { polymorphicUserId: text } },
		example: '{"person": {"polymorphicUserId": "(ID)"}}',
	},
	barcode: {
		shape: { barcodes: [{ value: text }] },
		example: '{"barcodes": [{"value": "0123456789"}]}',
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
	const { shape, example } = VALUES[type];
	const value = read(shape, entry[property], field);
	if (value !== undefined) return { [property]: value };
	throw new InvalidInputError(
		`${location} has a '${property}' that is not valid for '${label}'`,
		`Enter it in this form: "${property}": ${example}.`,
	);
}

/** Returns the value without properties that Samsara does not accept, or undefined if it is not valid. */
function read(shape: Shape, value: unknown, definition: Definition): unknown {
	if (typeof shape === 'function') return shape(value, definition);
	if (Array.isArray(shape)) {
		const entries = Array.isArray(value)
			? value.map((entry) => read(shape[0], entry, definition))
			: [undefined];
		return entries.includes(undefined) ? undefined : entries;
	}
	if (!isObject(value)) return undefined;
	const properties = Object.entries(shape).map(
		([name, part]) => [name, read(part, value[name], definition)] as const,
	);
	const isValid = properties.every(([, part]) => part !== undefined);
	return isValid ? Object.fromEntries(properties) : undefined;
}

function cell(value: unknown, { columns = [] }: Definition): Json | undefined {
	const { id, type, ...values } = isObject(value) ? value : {};
	const column = columns.find((candidate) => candidate.id === id);
	const property = column && VALUE_PROPERTIES.get(column.type);
	if (!property || FIELD_ONLY_TYPES.has(column.type)) return undefined;
	if (type !== undefined && type !== column.type) return undefined;
	const readable = read(VALUES[column.type].shape, values[property], column);
	return readable === undefined ? undefined : { id, type: column.type, [property]: readable };
}

function choice(id: unknown, { options }: Definition): unknown {
	return options === undefined ? uuid(id) : options.find((option) => option.id === id)?.id;
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function uuid(value: unknown): string | undefined {
	return typeof value === 'string' && isUuid(value) ? value : undefined;
}

function finiteNumber(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function time(value: unknown): string | undefined {
	const isTime = typeof value === 'string' && TIME.test(value) && DateTime.fromISO(value).isValid;
	return isTime ? value : undefined;
}
