import type { QualificationColumn, QualificationField } from '../../api/types';

/** A field of a type under the name that the form gives it. */
export interface FormField {
	field: QualificationField;
	/** The label; the second field of one label is `Notes (2)`, the third `Notes (3)`. */
	name: string;
}

const WRITABLE_TYPES = new Set<string>([
	'text',
	'number',
	'datetime',
	'multiple_choice',
	'check_boxes',
	'table',
	'media',
	'signature',
]);

/** Texts and pictures that a form shows; there is nothing to fill in. */
const DISPLAY_ONLY_TYPES = new Set<string>(['instruction', 'media_instruction']);

/** The fields that a person can fill in, under distinct names, in the order of the type. */
export function formFields(fields: QualificationField[]): FormField[] {
	const usedNames = new Set<string>();
	return fields
		.filter(({ type }) => WRITABLE_TYPES.has(type))
		.map((field) => {
			const label = field.label.trim() === '' ? field.id : field.label.trim();
			let name = label;
			for (let n = 2; usedNames.has(normalize(name)); n++) name = `${label} (${n})`;
			usedNames.add(normalize(name));
			return { field, name };
		});
}

/** The fields that Samsara's API cannot write, such as assets and geofences: they are filled in in the dashboard. */
export function dashboardFields(fields: QualificationField[]): QualificationField[] {
	return fields.filter(({ type }) => !WRITABLE_TYPES.has(type) && !DISPLAY_ONLY_TYPES.has(type));
}

/**
 * Finds the field that a name means: its ID, the very name or label, or the same without regard to case and blanks.
 */
export function findField(fields: FormField[], name: string): FormField | undefined {
	const normalizedName = normalize(name);
	return (
		fields.find(({ field }) => field.id === name) ??
		fields.find((candidate) => candidate.name === name) ??
		fields.find((candidate) => normalize(candidate.name) === normalizedName)
	);
}

/** The same for a column of a table. */
export function findColumn(
	columns: QualificationColumn[],
	name: string,
): QualificationColumn | undefined {
	const normalizedName = normalize(name);
	return (
		columns.find(({ id }) => id === name) ??
		columns.find(({ label }) => label === name) ??
		columns.find(({ label }) => normalize(label) === normalizedName)
	);
}

/** Case and blanks around and between words don't tell two labels apart. */
export function normalize(text: string): string {
	return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** `'Tank', 'Hazmat'` */
export function quoteList(names: string[]): string {
	return names.map((name) => `'${name}'`).join(', ');
}

/** True for what stands in a form that was not filled in. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && value.trim() === '') ||
		(Array.isArray(value) && value.every(isBlank))
	);
}
