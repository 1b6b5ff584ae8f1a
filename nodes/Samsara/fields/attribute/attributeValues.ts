import type { Attribute, AttributeValues } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { toNumber } from '../../common/toNumber';
import { toText } from '../../common/toText';
import {
	allowedValues,
	attributeLabel,
	valueTypeOf,
	type AttributeValueType,
} from './attributeValueType';
import { dateOnly } from '../dates';

/** Values that a person gave for an attribute, and those among them that the attribute does not allow yet. */
export interface AttributeInput {
	attribute: Attribute;
	values: Array<string | number>;
	missing: Array<string | number>;
	/** As it was given, where that is text: what an entity's row shows of several values. */
	text?: string;
}

/** Allowed values named in a message. */
const MAX_LISTED_VALUES = 30;

/**
 * Reads what a person gave for an attribute: a value or a list of them, or, where several are taken, text with commas
 * or line breaks; elements of a list stay whole. Spaces around prescribed values don't matter, nor does case where only
 * one of them is meant.
 *
 * @param addMissing takes values that the attribute does not allow yet, and reports them
 * @param zone of moments that become dates, e.g. the workflow's time zone
 * @returns undefined where nothing was given: an empty input leaves the attribute as it is
 * @throws InvalidInputError for values that the attribute cannot take
 */
export function readAttribute(
	attribute: Attribute,
	input: unknown,
	addMissing: boolean,
	zone?: string,
): AttributeInput | undefined {
	const valueType = valueTypeOf(attribute);
	const label = attributeLabel(attribute);
	const allowed = new Allowed([...allowedValues(attribute)], label);
	const rawValues = (
		Array.isArray(input)
			? (input as unknown[])
			: valueType.multiple
				? splitText(input, allowed)
				: [input]
	).filter((rawValue) => !isEmpty(rawValue));
	if (rawValues.length === 0) return undefined;

	const missing: Array<string | number> = [];
	const values = rawValues.map((rawValue) => {
		const value = toAttributeValue(rawValue, valueType, label, zone);
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
			`'${label}' takes one value, and ${distinct.length} were given`,
			`Give '${label}' one value.`,
		);
	}
	const text = valueType.multiple && typeof input === 'string' ? { text: input.trim() } : {};
	return { attribute, values: distinct, missing, ...text };
}

/** The attribute with these values as requests carry it; none clears it. */
export function attributeItem(
	attribute: Attribute,
	values: Array<string | number> = [],
): AttributeValues {
	return { id: attribute.id, name: attribute.name, [valueTypeOf(attribute).list]: values };
}

/** The values that an attribute prescribes. */
export class Allowed {
	constructor(
		readonly values: Array<string | number>,
		private readonly label: string,
	) {}

	/**
	 * The allowed value that is meant: exactly this one, or the only one that differs in case.
	 *
	 * @throws InvalidInputError where several differ in case only
	 */
	find(value: string | number): string | number | undefined {
		if (this.values.includes(value)) return value;
		const alike = this.values.filter((one) => normalize(one) === normalize(value));
		if (alike.length < 2) return alike[0];
		throw new InvalidInputError(
			`'${this.label}' is '${value}', which may be ${alike.join(' or ')}`,
			'Give the value in upper and lower case as Samsara shows it.',
		);
	}

	/** Whether a text is an allowed value, in any case. */
	has(text: string): boolean {
		return this.values.some((one) => normalize(one) === normalize(text));
	}
}

/** Text of several values in pieces. An allowed value that has a comma itself stays whole. */
function splitText(text: unknown, allowed: Allowed): unknown[] {
	if (typeof text !== 'string' || allowed.has(text)) return [text];
	const lines = text.split(/\r?\n/);
	if (lines.length > 1) return lines.flatMap((line) => splitText(line, allowed));
	const parts = text.split(',');
	const pieces: string[] = [];
	for (let from = 0; from < parts.length; ) {
		let to = parts.length;
		while (to > from + 1 && !allowed.has(parts.slice(from, to).join(','))) to--;
		pieces.push(parts.slice(from, to).join(',').trim());
		from = to;
	}
	return pieces;
}

function toAttributeValue(
	rawValue: unknown,
	{ list }: AttributeValueType,
	label: string,
	zone?: string,
): string | number {
	if (list === 'dateValues') return dateOnly(rawValue, label, zone);
	if (list === 'numberValues') return numberFrom(rawValue, label);
	if (typeof rawValue === 'object') {
		throw new InvalidInputError(`'${label}' is not text`, `Map a single value to '${label}'.`);
	}
	return String(rawValue).trim();
}

/** @throws InvalidInputError for what is not a number */
export function numberFrom(rawValue: unknown, label: string): number {
	const number = toNumber(rawValue);
	if (Number.isNaN(number)) {
		throw new InvalidInputError(
			`'${label}' is ${typeof rawValue === 'string' ? `'${rawValue}'` : 'not a number'}`,
			`Give '${label}' a number like 13.6, without unit or thousands separators.`,
		);
	}
	return number;
}

function unknownValueError(label: string, value: unknown, allowed: unknown[]): InvalidInputError {
	const listed = allowed.slice(0, MAX_LISTED_VALUES).join(', ');
	const moreHint =
		allowed.length > MAX_LISTED_VALUES ? ` and ${allowed.length - MAX_LISTED_VALUES} more` : '';
	return new InvalidInputError(
		`'${label}' has no value '${toText(value)}'`,
		`Give one of: ${listed}${moreHint}. Or turn on the option 'Add Missing Values'.`,
	);
}

function isEmpty(rawValue: unknown): boolean {
	return (
		rawValue === undefined ||
		rawValue === null ||
		(typeof rawValue === 'string' && rawValue.trim() === '')
	);
}

function normalize(value: unknown): string {
	return String(value).trim().toLowerCase();
}
