import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { choiceError, InvalidInputError } from '../common/errors';
import { normalize, quote, toList, toText } from '../common/coercion';
import type { DateSettings } from './dateFormat';
import { dateOnly, toRfc3339 } from './dates';
import { readWholeNumber } from './numbers';

/** What Samsara accepts in one field of a driver or asset. */
export interface FieldSpec {
	/** The field's label in the form. */
	label: string;
	type: 'text' | 'integer' | 'boolean' | 'time' | 'date' | 'choice' | 'id' | 'tags';
	/** In characters. */
	maxLength?: number;
	minLength?: number;
	choices?: readonly string[];
	/** The value that clears the field, for types other than texts and tags. */
	cleared?: string;
}

/** By the name of the field, which is also that of its input. */
export type FieldSpecs = Record<string, FieldSpec>;

const TYPES: Partial<Record<INodeProperties['type'], FieldSpec['type']>> = {
	boolean: 'boolean',
	dateTime: 'time',
	multiOptions: 'tags',
	number: 'integer',
	options: 'choice',
	resourceLocator: 'id',
	string: 'text',
};

/**
 * What Samsara accepts in the fields that a form has inputs for. External IDs are not among them.
 *
 * @param limits what the inputs do not show
 */
export function specsOf(
	inputs: INodeProperties[],
	limits: Record<string, Partial<FieldSpec>> = {},
): FieldSpecs {
	const specs: FieldSpecs = {};
	for (const { name, displayName, type: inputType, typeOptions, options = [] } of inputs) {
		const label = displayName.replace(' Names or IDs', 's');
		const type = typeOptions?.dateOnly ? 'date' : TYPES[inputType];
		const choices = (options as INodePropertyOptions[]).map(({ value }) => String(value));
		if (type) specs[name] = { label, type, choices, ...limits[name] };
	}
	return specs;
}

/**
 * Reads the fields to send to Samsara. Fields without a value are left out, also if they are mapped to an empty cell. Text
 * fields in 'Clear Fields' are sent empty. Tags are returned as entered, or as an empty list if they are cleared.
 *
 * @param input a collection of the form
 * @throws InvalidInputError for a value that breaks Samsara's documented limits
 */
export function readFieldValues(
	input: IDataObject,
	fieldSpecs: FieldSpecs,
	dates?: DateSettings,
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [name, spec] of Object.entries(fieldSpecs)) {
		const value = input[name];
		if (toText(value) === '') continue;
		values[name] = spec.type === 'tags' ? value : readFieldValue(value, spec, dates);
	}
	for (const name of clearedFields(input, fieldSpecs)) {
		const { label, type, cleared = '' } = fieldSpecs[name];
		if (name in values && toText(values[name]) !== '[]') {
			throw new InvalidInputError(
				`'Clear Fields' has '${label}', which also has a new value`,
				`Remove it from 'Clear Fields', or leave '${label}' empty.`,
			);
		}
		values[name] = type === 'tags' ? [] : cleared;
	}
	return values;
}

/** The fields that can be emptied, as options: optional texts, the tags, and those with a value that clears them. */
export function clearableFields(fieldSpecs: FieldSpecs) {
	return Object.entries(fieldSpecs)
		.filter(
			([, { type, minLength = 0, cleared }]) =>
				type === 'tags' || (type === 'text' && minLength === 0) || cleared !== undefined,
		)
		.map(([value, { label }]) => ({ name: label, value }))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws InvalidInputError for a field that cannot be emptied */
function clearedFields({ clearFields }: IDataObject, fieldSpecs: FieldSpecs): string[] {
	const names = toList(clearFields);
	const clearable = clearableFields(fieldSpecs);
	return names.map((name) => {
		const field = clearable.find(({ value, name: label }) =>
			[value, label].some((text) => normalize(text) === normalize(name)),
		);
		if (field) return field.value;
		throw new InvalidInputError(
			`'Clear Fields' has '${name}', which cannot be cleared`,
			`Choose from: ${clearable.map(({ name: label }) => label).join(', ')}.`,
		);
	});
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
			return readWholeNumber(value, label);
		case 'time':
			return toRfc3339(value, label, dates);
		case 'date':
			return dateOnly(value, label, dates);
		default:
	}
	if (typeof value === 'object') {
		throw new InvalidInputError(
			`'${label}' is ${quote(value)}, but must be a single value`,
			`Map a single value to '${label}'.`,
		);
	}
	const text = String(value).trim();
	if (type === 'choice' && !choices.includes(text)) throw choiceError(label, text, choices);
	// An emoji is one character, as in JSON schemas, but has the length 2.
	const { length } = [...text];
	if (maxLength !== undefined && length > maxLength) {
		throw new InvalidInputError(
			`'${label}' has ${length} characters`,
			`Samsara accepts at most ${maxLength} characters in '${label}'. Shorten it.`,
		);
	}
	if (length < minLength) {
		throw new InvalidInputError(
			text === '' ? `'${label}' is empty` : `'${label}' has ${length} characters`,
			`'${label}' must have at least ${minLength} ${minLength === 1 ? 'character' : 'characters'}.`,
		);
	}
	return text;
}
