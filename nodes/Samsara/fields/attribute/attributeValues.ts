import type { Attribute, AttributeValues } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { normalize, quote, splitText, toText } from '../../common/coercion';
import {
	allowedValues,
	attributeLabel,
	valueTypeOf,
	type AttributeValueType,
} from './attributeValueType';
import type { DateSettings } from '../dateFormat';
import { dateOnly } from '../dates';
import { readNumber } from '../numbers';

/** The values that a user entered for an attribute, and those of them that the attribute does not allow yet. */
export interface AttributeInput {
	attribute: Attribute;
	values: Array<string | number>;
	missing: Array<string | number>;
	/** The input of an attribute with several values, if it is text: rows show several values as text too. */
	text?: string;
}

/** How many allowed values an error message lists. */
const MAX_LISTED_VALUES = 30;

/**
 * Reads what a user entered for an attribute: a value, a list or, if the attribute accepts several values, text separated
 * by commas or line breaks. Elements of a list are never split. Allowed values match regardless of surrounding spaces,
 * and regardless of case if only one matches.
 *
 * @param addMissing whether to accept values that the attribute does not allow yet, and return them as `missing`
 * @returns undefined without a value: an empty input leaves the attribute as it is
 * @throws InvalidInputError for values that the attribute does not accept
 */
export function readAttributeValues(
	attribute: Attribute,
	input: unknown,
	addMissing: boolean,
	dates?: DateSettings,
): AttributeInput | undefined {
	const valueType = valueTypeOf(attribute);
	const label = attributeLabel(attribute);
	const allowed = new Allowed([...allowedValues(attribute)], label);
	const rawValues = (
		Array.isArray(input)
			? (input as unknown[])
			: valueType.multiple && typeof input === 'string' && !allowed.has(input)
				? splitText(input, (text) => allowed.has(text))
				: [input]
	).filter((rawValue) => toText(rawValue) !== '');
	if (rawValues.length === 0) return undefined;

	const missing: Array<string | number> = [];
	const values = rawValues.map((rawValue) => {
		const value = toAttributeValue(rawValue, valueType, label, dates);
		const allowedValue = valueType.restricted ? allowed.find(value) : value;
		if (allowedValue !== undefined) return allowedValue;
		if (!addMissing) throw unknownValueError(label, value, allowed.values);
		allowed.values.push(value);
		missing.push(value);
		return value;
	});
	const distinct = [...new Set(values)];
	if (distinct.length > 1 && !valueType.multiple) {
		throw new InvalidInputError(
			`'${label}' accepts one value, but has ${distinct.length}`,
			`Enter one value in '${label}'.`,
		);
	}
	const text = valueType.multiple && typeof input === 'string' ? { text: input.trim() } : {};
	return { attribute, values: distinct, missing, ...text };
}

/** The attribute with these values, as requests contain it. Without values, it is cleared. */
export function attributeItem(
	attribute: Attribute,
	values: Array<string | number> = [],
): AttributeValues {
	return { id: attribute.id, name: attribute.name, [valueTypeOf(attribute).list]: values };
}

/** The allowed values of an attribute. */
export class Allowed {
	constructor(
		readonly values: Array<string | number>,
		private readonly label: string,
	) {}

	/**
	 * The allowed value that matches: the exact one or, if there is only one, the one that differs in case.
	 *
	 * @throws InvalidInputError if several match in another case
	 */
	find(value: string | number): string | number | undefined {
		if (this.values.includes(value)) return value;
		const matches = this.values.filter((allowed) => normalize(allowed) === normalize(value));
		if (matches.length < 2) return matches[0];
		throw new InvalidInputError(
			`'${this.label}' is '${value}', which can be ${matches.join(' or ')}`,
			'Enter the value with the same uppercase and lowercase letters as in Samsara.',
		);
	}

	/** Whether a text is an allowed value, in any case. */
	has(text: string): boolean {
		return this.values.some((value) => normalize(value) === normalize(text));
	}
}

/** Converts a single value. @throws InvalidInputError if it does not fit the type */
export function toAttributeValue(
	rawValue: unknown,
	{ list }: AttributeValueType,
	label: string,
	dates?: DateSettings,
): string | number {
	if (list === 'dateValues') return dateOnly(rawValue, label, dates);
	if (list === 'numberValues') return readNumber(rawValue, label);
	if (typeof rawValue === 'object') {
		throw new InvalidInputError(
			`'${label}' is ${quote(rawValue)}, but must be a single value`,
			`Map a single value to '${label}'.`,
		);
	}
	return String(rawValue).trim();
}

function unknownValueError(label: string, value: unknown, allowed: unknown[]): InvalidInputError {
	const listed = allowed.slice(0, MAX_LISTED_VALUES).join(', ');
	const moreHint =
		allowed.length > MAX_LISTED_VALUES ? ` and ${allowed.length - MAX_LISTED_VALUES} more` : '';
	return new InvalidInputError(
		`'${label}' does not allow the value ${quote(value)}`,
		`Enter one of: ${listed}${moreHint}. Or turn on the option 'Add Missing Values'.`,
	);
}
