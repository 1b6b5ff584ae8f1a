import { jsonParse } from 'n8n-workflow';
import type { Attribute } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { toNumber } from '../../common/toNumber';
import { allowedValues, valueTypeOf, tellsAllowed } from './attributeValueType';

/** The values of a definition, in the list that its type takes. */
export interface AllowedValues {
	stringValues?: string[];
	numberValues?: number[];
}

/** The guide's limit. */
const MAX_VALUES = 1000;

/**
 * The allowed values that a person gave for a definition, each once.
 *
 * @param attribute the definition, or what is known of it before it is made
 * @param input a list, or text with one value a line or, on a single line, commas between; nothing gives no list
 * @throws InvalidInputError for a type that takes any value, a number that is none, and more than 1000 values
 */
export function readAllowedValues(
	attribute: Attribute,
	input: unknown,
	label: string,
): AllowedValues {
	const values = splitValues(input);
	if (values.length === 0) return {};
	const { list, restricted } = valueTypeOf(attribute);
	if (list === 'numberValues') {
		return requireAtMostMax(
			{ numberValues: unique(values.map((value) => toNumberValue(value, label))) },
			label,
		);
	}
	if (!restricted) {
		throw new InvalidInputError(
			`'${label}' is filled in, but an attribute of this type takes any value`,
			`Empty '${label}', or work on an attribute of a select type.`,
		);
	}
	return requireAtMostMax(
		{ stringValues: unique(values.map((value) => toTextValue(value, label))) },
		label,
	);
}

/**
 * The allowed values after adding some: right to send whether Samsara adds what it gets or puts it in the place of
 * what was there. A value that differs from one already there in case only is that one.
 *
 * @returns undefined when nothing is new
 * @throws InvalidInputError for more than 1000 values, and where those of today are unknown
 */
export function mergeValues(
	attribute: Attribute,
	added: AllowedValues,
	label: string,
): AllowedValues | undefined {
	const isAdding = Object.values(added).some((values: unknown[]) => values.length > 0);
	if (isAdding && !tellsAllowed(attribute)) {
		throw new InvalidInputError(
			`'${label}' adds a value, but Samsara does not tell the allowed values of '${attribute.name}', which could be lost`,
			'Add the value in Samsara under Settings.',
		);
	}
	if (valueTypeOf(attribute).list === 'numberValues') {
		const existing = attribute.numberValues ?? [];
		const numberValues = unique([...existing, ...(added.numberValues ?? [])]);
		return numberValues.length === existing.length
			? undefined
			: requireAtMostMax({ numberValues }, label);
	}
	const existing = allowedValues(attribute).map(String);
	const seen = new Set(existing.map(normalize));
	const newValues = (added.stringValues ?? []).filter((value) => {
		const isNew = !seen.has(normalize(value));
		seen.add(normalize(value));
		return isNew;
	});
	return newValues.length === 0
		? undefined
		: requireAtMostMax({ stringValues: [...existing, ...newValues] }, label);
}

/** The definition's values that are not among these. */
export function valuesNotIn(attribute: Attribute, allowed: AllowedValues): Array<string | number> {
	const allowedSet = new Set<string | number>([
		...(allowed.stringValues ?? []),
		...(allowed.numberValues ?? []),
	]);
	const existing =
		valueTypeOf(attribute).list === 'numberValues'
			? (attribute.numberValues ?? [])
			: allowedValues(attribute);
	return existing.filter((value) => !allowedSet.has(value));
}

/**
 * What every change of a definition repeats, so that it stays as it is: the type, because the API documents
 * multi-select as the default of this member; and of the older contract, whose guide calls all members required,
 * quantity and values. Values that Samsara did not tell are left out, as an empty list could remove them.
 */
export function requiredOnPatch(attribute: Attribute): Partial<Attribute> {
	const { attributeType, attributeValueQuantity } = attribute;
	if (attributeValueQuantity === undefined) return attributeType ? { attributeType } : {};
	const values = tellsAllowed(attribute) && {
		[valueTypeOf(attribute).list]: allowedValues(attribute),
	};
	return { attributeType, attributeValueQuantity, ...values };
}

function splitValues(input: unknown): unknown[] {
	if (Array.isArray(input)) return input.flatMap(trimmedOrNone);
	if (typeof input !== 'string') return trimmedOrNone(input);
	const trimmed = input.trim();
	const parsed = trimmed.startsWith('[')
		? jsonParse<unknown>(trimmed, { fallbackValue: undefined })
		: undefined;
	if (Array.isArray(parsed)) return parsed.flatMap(trimmedOrNone);
	return trimmed.split(/[\r\n]/.test(trimmed) ? /[\r\n]+/ : ',').flatMap(trimmedOrNone);
}

function trimmedOrNone(value: unknown): unknown[] {
	if (value === undefined || value === null) return [];
	if (typeof value !== 'string') return [value];
	return value.trim() === '' ? [] : [value.trim()];
}

function toTextValue(value: unknown, label: string): string {
	if (typeof value !== 'object') return String(value);
	throw new InvalidInputError(
		`'${label}' holds a value that is no text`,
		`Give '${label}' one value per line.`,
	);
}

function toNumberValue(value: unknown, label: string): number {
	const parsed = toNumber(value);
	if (!Number.isNaN(parsed)) return parsed;
	throw new InvalidInputError(
		`'${label}' holds ${typeof value === 'object' ? 'a value' : `'${String(value)}'`}, which is no number`,
		`Give '${label}' numbers like 12 or 12.5, one per line.`,
	);
}

function requireAtMostMax(values: AllowedValues, label: string): AllowedValues {
	const { length } = values.stringValues ?? values.numberValues ?? [];
	if (length <= MAX_VALUES) return values;
	throw new InvalidInputError(
		`'${label}' makes ${length} allowed values`,
		`Samsara takes at most ${MAX_VALUES} values for one attribute. Give fewer, or use a Text attribute.`,
	);
}

function normalize(value: string): string {
	return value.trim().toLowerCase();
}

function unique<T>(values: T[]): T[] {
	return [...new Set(values)];
}
