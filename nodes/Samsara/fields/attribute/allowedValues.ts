import { jsonParse } from 'n8n-workflow';
import type { Attribute } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { normalize, toNumber } from '../../common/coercion';
import {
	allowedValues,
	listedValues,
	showsAllowedValues,
	valueTypeOf,
	type ValueList,
} from './attributeValueType';

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
	if (!restricted && list !== 'numberValues') {
		throw new InvalidInputError(
			`'${label}' is filled in, but an attribute of this type accepts any value`,
			`Leave '${label}' empty, or use an attribute of a select type.`,
		);
	}
	const toValue = list === 'numberValues' ? toNumberValue : toTextValue;
	return allowedList(list, [...new Set(values.map((value) => toValue(value, label)))], label);
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
	const { list } = valueTypeOf(attribute);
	const existing = listedValues(attribute);
	const seen = new Set(existing.map(normalize));
	const newValues = Object.values(added)
		.flat()
		.filter((value) => {
			const isNew = !seen.has(normalize(value));
			seen.add(normalize(value));
			return isNew;
		});
	return newValues.length === 0 ? undefined : allowedList(list, [...existing, ...newValues], label);
}

/** The attribute's allowed values that are not among these. */
export function valuesNotIn(attribute: Attribute, allowed: AllowedValues): Array<string | number> {
	const allowedSet = new Set<string | number>([
		...(allowed.stringValues ?? []),
		...(allowed.numberValues ?? []),
	]);
	return listedValues(attribute).filter((value) => !allowedSet.has(value));
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
	const text = typeof input === 'string' ? input.trim() : '';
	const parsed = text.startsWith('[')
		? jsonParse<unknown>(text, { fallbackValue: undefined })
		: undefined;
	const lines = text.split(/[\r\n]/.test(text) ? /[\r\n]+/ : ',');
	const values: unknown[] = [parsed, input].find(Array.isArray) ?? (text === '' ? [input] : lines);
	return values
		.map((value) => (typeof value === 'string' ? value.trim() : (value ?? '')))
		.filter((value) => value !== '');
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

function allowedList(
	list: ValueList,
	values: Array<string | number>,
	label: string,
): AllowedValues {
	if (values.length <= MAX_VALUES) return { [list]: values };
	throw new InvalidInputError(
		`'${label}' results in ${values.length} allowed values`,
		`Samsara accepts at most ${MAX_VALUES} values for one attribute. Enter fewer, or use a Text attribute.`,
	);
}
