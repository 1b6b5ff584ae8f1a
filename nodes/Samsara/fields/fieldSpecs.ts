import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../common/errors';
import { toList } from '../common/toList';
import { toNumber } from '../common/toNumber';
import { toText } from '../common/toText';
import { dateOnly, toRfc3339 } from './dates';

/** What Samsara takes for one member of a driver or asset. */
export interface FieldSpec {
	/** What the form calls it. */
	label: string;
	type: 'text' | 'integer' | 'boolean' | 'time' | 'date' | 'choice';
	/** Characters. */
	maxLength?: number;
	minLength?: number;
	choices?: readonly string[];
}

/** What 'Clear Fields' calls tags, which are no member but a list. */
const TAGS = 'tagIds';

/** Members as Samsara takes them. */
export type FieldValues = Record<string, string | number | boolean>;

/**
 * The members that a person gave, as Samsara takes them. What was not given, or was mapped to nothing or to an empty
 * cell, is left out; texts among 'Clear Fields' are emptied.
 *
 * @param input a collection of the form
 * @param zone of times without an offset
 * @throws InvalidInputError for a value that breaks Samsara's documented limits
 */
export function readFieldValues(
	input: IDataObject,
	fieldSpecs: Record<string, FieldSpec>,
	zone?: string,
): FieldValues {
	const values: FieldValues = {};
	for (const [name, spec] of Object.entries(fieldSpecs)) {
		const value = input[name];
		if (!isEmpty(value)) values[name] = readFieldValue(value, spec, zone);
	}
	for (const name of clearedFields(input, fieldSpecs)) {
		if (name === TAGS) continue;
		if (name in values) throw clearedAndGiven(fieldSpecs[name].label);
		values[name] = '';
	}
	return values;
}

/**
 * The tags that an entity is to have.
 *
 * @returns undefined where they stay, also for an empty cell; an empty list takes all off
 * @throws InvalidInputError for tags both given and among 'Clear Fields'
 */
export function givenTags(input: IDataObject, fieldSpecs: Record<string, FieldSpec>): unknown {
	const tags = isEmpty(input[TAGS]) ? undefined : input[TAGS];
	if (!clearedFields(input, fieldSpecs).includes(TAGS)) return tags;
	if (Array.isArray(tags) ? tags.length > 0 : tags !== undefined) throw clearedAndGiven('Tags');
	return [];
}

/** What can be emptied: `{name, value}` of texts that Samsara does not require, and the tags. */
export function clearableFields(fieldSpecs: Record<string, FieldSpec>) {
	return [
		...Object.entries(fieldSpecs)
			.filter(([, { type, minLength = 0 }]) => type === 'text' && minLength === 0)
			.map(([value, { label }]) => ({ name: label, value })),
		{ name: 'Tags', value: TAGS },
	].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws InvalidInputError for a field that cannot be emptied */
function clearedFields(
	{ clearFields }: IDataObject,
	fieldSpecs: Record<string, FieldSpec>,
): string[] {
	const names = toList(clearFields);
	const clearable = clearableFields(fieldSpecs);
	const unknown = names.find((name) => !clearable.some(({ value }) => value === name));
	if (unknown === undefined) return names;
	throw new InvalidInputError(
		`'Clear Fields' has '${unknown}', which cannot be cleared`,
		`Choose from: ${clearable.map(({ value }) => value).join(', ')}.`,
	);
}

function clearedAndGiven(label: string): InvalidInputError {
	return new InvalidInputError(
		`'Clear Fields' names '${label}', which gets a value too`,
		`Take it out of 'Clear Fields', or leave '${label}' empty.`,
	);
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** One member. @throws InvalidInputError */
export function readFieldValue(
	value: unknown,
	{ label, type, maxLength, minLength = 0, choices = [] }: FieldSpec,
	zone?: string,
): string | number | boolean {
	switch (type) {
		case 'boolean':
			return value === true || value === 'true';
		case 'integer':
			return toWholeNumber(value, label);
		case 'time':
			return toRfc3339(value, label, zone);
		case 'date':
			return dateOnly(value, label);
		default:
	}
	if (typeof value === 'object') {
		throw new InvalidInputError(`'${label}' is not text`, `Map a single value to '${label}'.`);
	}
	const text = String(value).trim();
	if (type === 'choice' && !choices.includes(text)) {
		throw new InvalidInputError(`'${label}' is '${text}'`, `Choose one of ${choices.join(', ')}.`);
	}
	if (maxLength !== undefined && text.length > maxLength) {
		throw new InvalidInputError(
			`'${label}' has ${text.length} characters`,
			`Samsara takes at most ${maxLength} in '${label}'. Shorten it.`,
		);
	}
	if (text.length < minLength) {
		throw new InvalidInputError(
			text === '' ? `'${label}' is empty` : `'${label}' has ${text.length} characters`,
			`Samsara wants at least ${minLength} in '${label}'.`,
		);
	}
	return text;
}

function toWholeNumber(value: unknown, label: string): number {
	const number = toNumber(value);
	if (!Number.isInteger(number) || number < 0) {
		throw new InvalidInputError(
			`'${label}' is '${toText(value)}'`,
			`Give '${label}' a whole number from 0 up.`,
		);
	}
	return number;
}
