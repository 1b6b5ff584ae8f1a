import { jsonParse } from 'n8n-workflow';
import type { Attribute } from '../api/types';
import { Refusal } from '../refusal';
import { toNumber } from '../toNumber';
import { allowedValues, kindOf, tellsAllowed } from './attributeKind';

/** The values of a definition, in the list that its type takes. */
export interface DefinedValues {
	stringValues?: string[];
	numberValues?: number[];
}

/** The guide's limit. */
const MOST_VALUES = 1000;

/**
 * The allowed values that a person gave for a definition, each once.
 *
 * @param attribute the definition, or what is known of it before it is made
 * @param given a list, or text with one value a line or, on a single line, commas between; nothing gives no list
 * @throws Refusal for a type that takes any value, a number that is none, and more than 1000 values
 */
export function definedValues(attribute: Attribute, given: unknown, label: string): DefinedValues {
	const values = pieces(given);
	if (values.length === 0) return {};
	const { list, fixed } = kindOf(attribute);
	if (list === 'numberValues') {
		return atMost({ numberValues: unique(values.map((value) => number(value, label))) }, label);
	}
	if (!fixed) {
		throw new Refusal(
			`'${label}' is filled in, but an attribute of this type takes any value`,
			`Empty '${label}', or work on an attribute of a select type.`,
		);
	}
	return atMost({ stringValues: unique(values.map((value) => text(value, label))) }, label);
}

/**
 * The allowed values after adding some: right to send whether Samsara adds what it gets or puts it in the place of
 * what was there. A value that differs from one already there in case only is that one.
 *
 * @returns undefined when nothing is new
 * @throws Refusal for more than 1000 values, and where those of today are unknown
 */
export function withAdded(
	attribute: Attribute,
	added: DefinedValues,
	label: string,
): DefinedValues | undefined {
	const isAdding = Object.values(added).some((values: unknown[]) => values.length > 0);
	if (isAdding && !tellsAllowed(attribute)) {
		throw new Refusal(
			`'${label}' adds a value, but Samsara does not tell the allowed values of '${attribute.name}', which could be lost`,
			'Add the value in Samsara under Settings.',
		);
	}
	if (kindOf(attribute).list === 'numberValues') {
		const held = attribute.numberValues ?? [];
		const numberValues = unique([...held, ...(added.numberValues ?? [])]);
		return numberValues.length === held.length ? undefined : atMost({ numberValues }, label);
	}
	const held = allowedValues(attribute).map(String);
	const known = new Set(held.map(fold));
	const fresh = (added.stringValues ?? []).filter((value) => {
		const isNew = !known.has(fold(value));
		known.add(fold(value));
		return isNew;
	});
	return fresh.length === 0 ? undefined : atMost({ stringValues: [...held, ...fresh] }, label);
}

/** The definition's values that are not among these. */
export function othersThan(attribute: Attribute, wanted: DefinedValues): Array<string | number> {
	const kept = new Set<string | number>([
		...(wanted.stringValues ?? []),
		...(wanted.numberValues ?? []),
	]);
	const held =
		kindOf(attribute).list === 'numberValues'
			? (attribute.numberValues ?? [])
			: allowedValues(attribute);
	return held.filter((value) => !kept.has(value));
}

/**
 * What every change of a definition repeats, so that it stays as it is: the type, because the API documents
 * multi-select as the default of this member; and of the older contract, whose guide calls all members required,
 * quantity and values. Values that Samsara did not tell are left out, as an empty list could remove them.
 */
export function unchanged(attribute: Attribute): Partial<Attribute> {
	const { attributeType, attributeValueQuantity } = attribute;
	if (attributeValueQuantity === undefined) return attributeType ? { attributeType } : {};
	const values = tellsAllowed(attribute) && {
		[kindOf(attribute).list]: allowedValues(attribute),
	};
	return { attributeType, attributeValueQuantity, ...values };
}

function pieces(given: unknown): unknown[] {
	if (Array.isArray(given)) return given.flatMap(single);
	if (typeof given !== 'string') return single(given);
	const trimmed = given.trim();
	const parsed = trimmed.startsWith('[')
		? jsonParse<unknown>(trimmed, { fallbackValue: undefined })
		: undefined;
	if (Array.isArray(parsed)) return parsed.flatMap(single);
	return trimmed.split(/[\r\n]/.test(trimmed) ? /[\r\n]+/ : ',').flatMap(single);
}

function single(value: unknown): unknown[] {
	if (value === undefined || value === null) return [];
	if (typeof value !== 'string') return [value];
	return value.trim() === '' ? [] : [value.trim()];
}

function text(value: unknown, label: string): string {
	if (typeof value !== 'object') return String(value);
	throw new Refusal(
		`'${label}' holds a value that is no text`,
		`Give '${label}' one value per line.`,
	);
}

function number(value: unknown, label: string): number {
	const parsed = toNumber(value);
	if (!Number.isNaN(parsed)) return parsed;
	throw new Refusal(
		`'${label}' holds ${typeof value === 'object' ? 'a value' : `'${String(value)}'`}, which is no number`,
		`Give '${label}' numbers like 12 or 12.5, one per line.`,
	);
}

function atMost(values: DefinedValues, label: string): DefinedValues {
	const { length } = values.stringValues ?? values.numberValues ?? [];
	if (length <= MOST_VALUES) return values;
	throw new Refusal(
		`'${label}' makes ${length} allowed values`,
		`Samsara takes at most ${MOST_VALUES} values for one attribute. Give fewer, or use a Text attribute.`,
	);
}

function fold(value: string): string {
	return value.trim().toLowerCase();
}

function unique<T>(values: T[]): T[] {
	return [...new Set(values)];
}
