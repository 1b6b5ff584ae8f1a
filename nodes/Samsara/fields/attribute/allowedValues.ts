import { jsonParse } from 'n8n-workflow';
import type { Attribute } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { normalize, toNumber } from '../../common/coercion';
import { allowedValues, valueTypeOf, showsAllowedValues } from './attributeValueType';

/** The allowed values of an attribute, in the list for its type. */
export interface AllowedValues {
	stringValues?: string[];
	numberValues?: number[];
}

/** Samsara's documented limit. */
const MAX_VALUES = 1000;

/**
 * Reads the allowed values that a user entered for an attribute, each once.
 *
 * @param attribute the attribute, which may not exist yet
 * @param input a list, or text with one value per line or, on a single line, separated by commas
 * @returns no list if there are no values
 * @throws InvalidInputError for a type that accepts any value, an invalid number, and more than 1000 values
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
			`'${label}' is filled in, but an attribute of this type accepts any value`,
			`Leave '${label}' empty, or use an attribute of a select type.`,
		);
	}
	return requireAtMostMax(
		{ stringValues: unique(values.map((value) => toTextValue(value, label))) },
		label,
	);
}

/**
 * Adds allowed values to the existing ones. The whole list is sent, so it does not matter whether Samsara merges or replaces
 * it. A value that differs from an existing one only in case is not added.
 *
 * @returns undefined if no value is new
 * @throws InvalidInputError for more than 1000 values, and if the existing ones are unknown
 */
export function mergeValues(
	attribute: Attribute,
	added: AllowedValues,
	label: string,
): AllowedValues | undefined {
	const isAdding = Object.values(added).some((values: unknown[]) => values.length > 0);
	if (isAdding && !showsAllowedValues(attribute)) {
		throw new InvalidInputError(
			`'${label}' adds a value, but Samsara does not return the allowed values of '${attribute.name}', which could be lost`,
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

/** The attribute's allowed values that are not among these. */
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
 * What each update of an attribute repeats so that it stays as it is: the type, because the API documents multi-select as
 * its default; and for legacy attributes, whose guide calls all fields required, quantity and values. Values that Samsara
 * did not return are left out, because an empty list could remove them.
 */
export function requiredOnPatch(attribute: Attribute): Partial<Attribute> {
	const { attributeType, attributeValueQuantity } = attribute;
	if (attributeValueQuantity === undefined) return attributeType ? { attributeType } : {};
	const values = showsAllowedValues(attribute) && {
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
		`'${label}' has a value that is not text`,
		`Enter one value per line in '${label}'.`,
	);
}

function toNumberValue(value: unknown, label: string): number {
	const parsed = toNumber(value);
	if (!Number.isNaN(parsed)) return parsed;
	throw new InvalidInputError(
		`'${label}' has ${typeof value === 'object' ? 'a value' : `'${String(value)}'`}, which is not a number`,
		`Enter numbers like 12 or 12.5 in '${label}', one per line.`,
	);
}

function requireAtMostMax(values: AllowedValues, label: string): AllowedValues {
	const { length } = values.stringValues ?? values.numberValues ?? [];
	if (length <= MAX_VALUES) return values;
	throw new InvalidInputError(
		`'${label}' results in ${length} allowed values`,
		`Samsara accepts at most ${MAX_VALUES} values for one attribute. Enter fewer, or use a Text attribute.`,
	);
}

function unique<T>(values: T[]): T[] {
	return [...new Set(values)];
}
