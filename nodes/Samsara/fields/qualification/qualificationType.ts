import type { IDataObject } from 'n8n-workflow';
import type { QualificationField, QualificationType } from '../../api/types';
import { toText } from '../../common/coercion';
import { InvalidInputError } from '../../common/errors';
import { compact } from '../flatRow';

/** The property that holds the value of a field or table cell, by type. */
export const VALUE_PROPERTIES: ReadonlyMap<string, string> = new Map([
	['text', 'textValue'],
	['number', 'numberValue'],
	['datetime', 'dateTimeValue'],
	['multiple_choice', 'multipleChoiceValue'],
	['check_boxes', 'checkBoxesValue'],
	['table', 'tableValue'],
	['media', 'mediaValue'],
	['signature', 'signatureValue'],
	['person', 'personValue'],
	['barcode', 'barcodeValue'],
]);

/** Samsara's API can write these types in tables, but not as fields. */
const TABLE_ONLY_TYPES = new Set(['person', 'barcode']);

/** Instructions and pictures that Samsara displays; they have no value. */
const DISPLAY_ONLY_TYPES = new Set(['instruction', 'media_instruction']);

/** Whether Samsara's API can write a field. The others can be filled in only in Samsara's own apps. */
export function isWritable({ type }: { type: string }): boolean {
	return VALUE_PROPERTIES.has(type) && !TABLE_ONLY_TYPES.has(type);
}

/** A writable field of a qualification type, as the form shows it. */
export interface FormField {
	id: string;
	/** Unique: if several fields are labeled Notes, the second one is `Notes (2)`. */
	label: string;
	field: QualificationField;
}

/** The writable fields in the order of the type. */
export function formFields(fields: QualificationField[]): FormField[] {
	const usedLabels = new Set<string>();
	return fields.filter(isWritable).map((field) => {
		const ownLabel = field.label.trim() || field.id;
		let label = ownLabel;
		for (let n = 2; usedLabels.has(normalizeLabel(label)); n++) label = `${ownLabel} (${n})`;
		usedLabels.add(normalizeLabel(label));
		return { id: field.id, label, field };
	});
}

/** The fields that can be filled in only in the Samsara dashboard, e.g. assets and geofences. */
export function dashboardFields(fields: QualificationField[]): QualificationField[] {
	return fields.filter((field) => !isWritable(field) && !DISPLAY_ONLY_TYPES.has(field.type));
}

/** Finds a field, column or choice by its ID or its label. The exact label takes precedence over other case and spacing. */
export function findByIdOrLabel<T extends { id: string; label: string }>(
	entries: T[],
	text: string,
): T | undefined {
	return (
		entries.find(({ id }) => id === text) ??
		entries.find(({ label }) => label === text) ??
		entries.find(({ label }) => normalizeLabel(label) === normalizeLabel(text))
	);
}

function normalizeLabel(text: string): string {
	return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** `'Tank', 'Hazmat'` */
export function quoteList(names: string[]): string {
	return names.map((name) => `'${name}'`).join(', ');
}

/** Whether an input was left empty. */
export function isBlank(value: unknown): boolean {
	return toText(value) === '' || (Array.isArray(value) && value.every(isBlank));
}

/**
 * Finds qualification types by ID or name, regardless of case and spacing. A name that several types share selects all
 * of them.
 *
 * @param label the label of the parameter
 * @throws InvalidInputError listing the existing types if one does not exist
 */
export function selectTypes(
	types: QualificationType[],
	idsOrNames: string[],
	label: string,
): QualificationType[] {
	// By ID, because a list that changes while its pages are read can repeat entries.
	const selected = new Map<string, QualificationType>();
	for (const text of idsOrNames) {
		const byId = types.filter(({ id }) => normalizeLabel(id) === normalizeLabel(text));
		const found =
			byId.length > 0
				? byId
				: types.filter(({ name }) => normalizeLabel(name) === normalizeLabel(text));
		if (found.length === 0) {
			throw new InvalidInputError(
				`'${label}' names '${text}', but there is no such qualification type`,
				types.length === 0
					? 'There are no qualification types for these drivers or assets yet. Create them in the Samsara dashboard.'
					: `Choose from: ${types.map(({ name }) => name).join(', ')}.`,
			);
		}
		for (const type of found) selected.set(type.id, type);
	}
	return [...selected.values()];
}

/** A qualification type as a flat row. */
export function typeRow(type: QualificationType): IDataObject {
	const fields = type.fields ?? [];
	return compact({
		id: type.id,
		name: type.name,
		entityType: type.entityType,
		numberOfFields: fields.length,
		fields: labels(fields),
		requiredFields: labels(fields.filter(({ isRequired }) => isRequired)),
		fieldsNotWritable: labels(fields.filter((field) => !isWritable(field))),
		updatedAtTime: type.updatedAtTime,
	});
}

function labels(fields: QualificationField[]): string {
	return fields.map(({ label }) => label).join(', ');
}
