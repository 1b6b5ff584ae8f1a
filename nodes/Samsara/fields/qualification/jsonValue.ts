import { DateTime } from 'luxon';
import type { QualificationColumn } from '../../api/types';

type Json = Record<string, unknown>;

type Definition = Pick<QualificationColumn, 'options'> & { columns?: QualificationColumn[] };

interface Kind {
	/** The member that holds the value. */
	member: string;
	/** What it looks like, for messages. */
	example: string;
	/** The value as Samsara takes it, without further members; undefined for anything else. */
	read(value: Json, definition: Definition): object | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const SHARED_KINDS: Record<string, Kind> = {
	text: {
		member: 'textValue',
		example: '{"value": "MC-20418"}',
		read: ({ value }) => (typeof value === 'string' ? { value } : undefined),
	},
	number: {
		member: 'numberValue',
		example: '{"value": 12.5}',
		read: ({ value }) =>
			typeof value === 'number' && Number.isFinite(value) ? { value } : undefined,
	},
	datetime: {
		member: 'dateTimeValue',
		example: '{"value": "2026-01-15T12:00:00Z"}',
		read: ({ value }) => (isTime(value) ? { value } : undefined),
	},
	multiple_choice: {
		member: 'multipleChoiceValue',
		example: '{"valueId": "(ID of a choice)"}',
		read: ({ valueId }, definition) => (isChoice(valueId, definition) ? { valueId } : undefined),
	},
	check_boxes: {
		member: 'checkBoxesValue',
		example: '{"valueIds": ["(ID of a choice)"]}',
		read: ({ valueIds }, definition) =>
			Array.isArray(valueIds) && valueIds.every((id) => isChoice(id, definition))
				? { valueIds }
				: undefined,
	},
};

const CELL_KINDS: Record<string, Kind> = {
	...SHARED_KINDS,
	person: {
		member: 'personValue',
		example: '{"person": {"polymorphicUserId": "(ID)"}}',
		read({ person }) {
			const id = isObject(person) ? person.polymorphicUserId : undefined;
			return typeof id === 'string' ? { person: { polymorphicUserId: id } } : undefined;
		},
	},
	barcode: {
		member: 'barcodeValue',
		example: '{"barcodes": [{"value": "0123456789"}]}',
		read({ barcodes }) {
			const codes = all(barcodes, ({ value }) =>
				typeof value === 'string' ? { value } : undefined,
			);
			return codes && { barcodes: codes };
		},
	},
};

const FIELD_KINDS: Record<string, Kind> = {
	...SHARED_KINDS,
	media: {
		member: 'mediaValue',
		example: '{"mediaList": [{"base64Payload": "…", "mediaType": "application/pdf"}]}',
		read({ mediaList }) {
			const files = all(mediaList, file);
			return files && { mediaList: files };
		},
	},
	signature: {
		member: 'signatureValue',
		example: '{"media": {"base64Payload": "…", "mediaType": "image/png"}}',
		read({ media }) {
			const read = isObject(media) ? file(media) : undefined;
			return read && { media: read };
		},
	},
	table: {
		member: 'tableValue',
		example: '{"rows": [{"id": "(UUID)", "cells": […]}]}',
		read({ rows }, { columns = [] }) {
			const read = all(rows, ({ id, cells }) => {
				const readCells = all(cells, (cell) => readCell(cell, columns));
				return isUuid(id) && readCells ? { id, cells: readCells } : undefined;
			});
			return read && { rows: read };
		},
	},
};

/** How a field of this type is written; undefined for one that cannot be. */
export function fieldKind(type: string): Kind | undefined {
	return Object.hasOwn(FIELD_KINDS, type) ? FIELD_KINDS[type] : undefined;
}

function readCell(cell: Json, columns: QualificationColumn[]): object | undefined {
	const column = columns.find(({ id }) => id === cell.id);
	const kind = column && CELL_KINDS[column.type];
	if (!kind || (cell.type !== undefined && cell.type !== column.type)) return undefined;
	const value = cell[kind.member];
	const read = isObject(value) ? kind.read(value, column) : undefined;
	return read && { id: column.id, type: column.type, [kind.member]: read };
}

function file({ base64Payload, mediaType }: Json): object | undefined {
	const isFile = typeof base64Payload === 'string' && typeof mediaType === 'string';
	return isFile ? { base64Payload, mediaType } : undefined;
}

/** Undefined unless every entry can be read. */
function all(list: unknown, read: (entry: Json) => object | undefined): object[] | undefined {
	if (!Array.isArray(list)) return undefined;
	const entries = list.flatMap((entry) => (isObject(entry) ? (read(entry) ?? []) : []));
	return entries.length === list.length ? entries : undefined;
}

function isChoice(id: unknown, { options }: Definition): boolean {
	return options === undefined ? isUuid(id) : options.some((option) => option.id === id);
}

function isUuid(value: unknown): boolean {
	return typeof value === 'string' && UUID.test(value);
}

function isTime(value: unknown): boolean {
	return typeof value === 'string' && TIME.test(value) && DateTime.fromISO(value).isValid;
}

/** Whether a value may have members, which a list has not. */
export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
