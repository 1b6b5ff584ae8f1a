import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { InvalidInputError } from '../common/errors';
import { toList, toNumber, toText } from '../common/coercion';
import type { DateSettings } from './dateFormat';
import { dateOnly, toRfc3339 } from './dates';

/** What Samsara accepts in one field of a driver or asset. */
export interface FieldSpec {
	/** The field's label in the form. */
	label: string;
	type: 'text' | 'integer' | 'boolean' | 'time' | 'date' | 'choice' | 'id';
	/** In characters. */
	maxLength?: number;
	minLength?: number;
	choices?: readonly string[];
}

/** By the name of the field, which is also that of its input. */
export type FieldSpecs = Record<string, FieldSpec>;

const TYPES: Partial<Record<INodeProperties['type'], FieldSpec['type']>> = {
	boolean: 'boolean',
	dateTime: 'time',
	number: 'integer',
	options: 'choice',
	resourceLocator: 'id',
	string: 'text',
};

/**
 * What Samsara accepts in the fields that a form has inputs for. External IDs and tags are not among them.
 *
 * @param limits what the inputs do not show
 */
export function specsOf(
	inputs: INodeProperties[],
	limits: Record<string, Partial<FieldSpec>> = {},
): FieldSpecs {
	const specs: FieldSpecs = {};
	for (const { name, displayName: label, type: inputType, typeOptions, options = [] } of inputs) {
		const type = typeOptions?.dateOnly ? 'date' : TYPES[inputType];
		const choices = (options as INodePropertyOptions[]).map(({ value }) => String(value));
		if (type) specs[name] = { label, type, choices, ...limits[name] };
	}
	return specs;
}

/** The value for tags in 'Clear Fields'. They are a list, so they have no `FieldSpec`. */
const TAGS = 'tagIds';

/** Fields as they are sent to Samsara. */
export type FieldValues = Record<string, string | number | boolean>;

/**
 * Reads the fields to send to Samsara. Fields without a value are left out, also if they are mapped to an empty cell. Text
 * fields in 'Clear Fields' are sent empty.
 *
 * @param input a collection of the form
 * @throws InvalidInputError for a value that breaks Samsara's documented limits
 */
export function readFieldValues(
	input: IDataObject,
	fieldSpecs: FieldSpecs,
	dates?: DateSettings,
): FieldValues {
	const values: FieldValues = {};
	for (const [name, spec] of Object.entries(fieldSpecs)) {
		const value = input[name];
		if (spec.type === 'id' || toText(value) === '') continue;
		values[name] = readFieldValue(value, spec, dates);
	}
	for (const name of clearedFields(input, fieldSpecs)) {
		if (name === TAGS) continue;
		if (name in values) throw clearedFieldError(fieldSpecs[name].label);
		values[name] = '';
	}
	return values;
}

/**
 * The tags that an entity should have, as the user entered them.
 *
 * @returns undefined to keep its tags, also for an empty cell; an empty list to remove all of them
 * @throws InvalidInputError if 'Clear Fields' has the tags too
 */
export function tagsInput(input: IDataObject, fieldSpecs: FieldSpecs): unknown {
	const tags = toText(input[TAGS]) === '' ? undefined : input[TAGS];
	if (!clearedFields(input, fieldSpecs).includes(TAGS)) return tags;
	if (Array.isArray(tags) ? tags.length > 0 : tags !== undefined) throw clearedFieldError('Tags');
	return [];
}

/** The fields that can be emptied, as options: optional texts and the tags. */
export function clearableFields(fieldSpecs: FieldSpecs) {
	return [
		...Object.entries(fieldSpecs)
			.filter(([, { type, minLength = 0 }]) => type === 'text' && minLength === 0)
			.map(([value, { label }]) => ({ name: label, value })),
		{ name: 'Tags', value: TAGS },
	].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws InvalidInputError for a field that cannot be emptied */
function clearedFields({ clearFields }: IDataObject, fieldSpecs: FieldSpecs): string[] {
	const names = toList(clearFields);
	const clearable = clearableFields(fieldSpecs);
	const unknown = names.find((name) => !clearable.some(({ value }) => value === name));
	if (unknown === undefined) return names;
	throw new InvalidInputError(
		`'Clear Fields' has '${unknown}', which cannot be cleared`,
		`Choose from: ${clearable.map(({ value }) => value).join(', ')}.`,
	);
}

function clearedFieldError(label: string): InvalidInputError {
	return new InvalidInputError(
		`'Clear Fields' has '${label}', which also has a new value`,
		`Remove it from 'Clear Fields', or leave '${label}' empty.`,
	);
}

/** Reads one field. @throws InvalidInputError */
export function readFieldValue(
	value: unknown,
	{ label, type, maxLength, minLength = 0, choices = [] }: FieldSpec,
	dates?: DateSettings,
): string | number | boolean {
	switch (type) {
		case 'boolean':
			return value === true || value === 'true';
		case 'integer':
			return toWholeNumber(value, label);
		case 'time':
			return toRfc3339(value, label, dates);
		case 'date':
			return dateOnly(value, label, dates);
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
			`Samsara accepts at most ${maxLength} characters in '${label}'. Shorten it.`,
		);
	}
	if (text.length < minLength) {
		throw new InvalidInputError(
			text === '' ? `'${label}' is empty` : `'${label}' has ${text.length} characters`,
			`'${label}' must have at least ${minLength} ${minLength === 1 ? 'character' : 'characters'}.`,
		);
	}
	return text;
}

function toWholeNumber(value: unknown, label: string): number {
	const number = toNumber(value);
	if (!Number.isInteger(number) || number < 0) {
		throw new InvalidInputError(
			`'${label}' is '${toText(value)}'`,
			`Enter a whole number of 0 or more in '${label}'.`,
		);
	}
	return number;
}
