import { jsonParse } from 'n8n-workflow';
import type { QualificationColumn } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { quote, splitText, toText } from '../../common/coercion';
import type { DateSettings } from '../dateFormat';
import { dateOnly, toRfc3339 } from '../dates';
import { readNumber } from '../numbers';
import { findByIdOrLabel, quoteList } from './qualificationType';

/** The values that fields and table cells have in common. */
export interface SimpleValue {
	textValue?: { value: string };
	numberValue?: { value: number };
	dateTimeValue?: { value: string };
	multipleChoiceValue?: { valueId: string };
	checkBoxesValue?: { valueIds: string[] };
	personValue?: { person: { polymorphicUserId: string } };
	barcodeValue?: { barcodes: Array<{ value: string }> };
}

type Definition = Pick<
	QualificationColumn,
	'options' | 'numDecimalPlaces' | 'allowedDateTimeValueType'
> & { type: string };

interface Choice {
	id: string;
	label: string;
}

/**
 * Converts the value of a field or cell that is neither a table nor a file.
 *
 * @param value not blank
 * @param label how messages name the field or cell
 * @throws InvalidInputError if the value does not fit the type
 */
export function simpleValue(
	definition: Definition,
	value: unknown,
	label: string,
	dates: DateSettings,
): SimpleValue {
	const choices = definition.options ?? [];
	switch (definition.type) {
		case 'text':
			return { textValue: { value: typeof value === 'string' ? value : toText(value) } };
		case 'number':
			return { numberValue: { value: toFieldNumber(definition, value, label) } };
		case 'datetime':
			return { dateTimeValue: { value: toFieldTime(definition, value, label, dates) } };
		case 'multiple_choice':
			return { multipleChoiceValue: { valueId: choiceId(choices, value, label) } };
		case 'check_boxes':
			return { checkBoxesValue: { valueIds: choiceIds(choices, value, label) } };
		case 'person':
			return { personValue: { person: { polymorphicUserId: toText(value) } } };
		case 'barcode':
			return { barcodeValue: { barcodes: barcodes(value).map((code) => ({ value: code })) } };
		default:
			throw new InvalidInputError(
				`'${label}' has a type that Samsara's API cannot write`,
				`Leave '${label}' empty here and fill it in in the Samsara dashboard.`,
			);
	}
}

/** Smaller differences come from floating-point arithmetic, not from what someone entered. */
const ROUNDING_ERROR = 1e-9;

function toFieldNumber({ numDecimalPlaces }: Definition, value: unknown, label: string): number {
	const number = readNumber(value, label);
	if (numDecimalPlaces === undefined) return number;
	const rounded = Number(number.toFixed(Math.min(Math.max(numDecimalPlaces, 0), 20)));
	if (Math.abs(rounded - number) <= ROUNDING_ERROR * Math.max(1, Math.abs(number))) return rounded;
	throw new InvalidInputError(
		`'${label}' is ${number}, but takes ${numDecimalPlaces === 0 ? 'whole numbers' : `at most ${numDecimalPlaces} decimal ${numDecimalPlaces === 1 ? 'place' : 'places'}`}`,
		`Round the value, e.g. to ${rounded}.`,
	);
}

const TIME_OF_DAY = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/**
 * Samsara stores dates and times alike as a time in UTC. It returns a date "in the stored field timezone" without saying
 * which one that is, so a date is sent as noon, which is the same day in every time zone where fleets operate. A time of
 * day is sent on 1970-01-01.
 */
function toFieldTime(
	definition: Definition,
	value: unknown,
	label: string,
	dates: DateSettings,
): string {
	switch (definition.allowedDateTimeValueType) {
		case 'date':
			return `${dateOnly(value, label, dates)}T12:00:00Z`;
		case 'time': {
			const timeOfDay = toText(value);
			if (!TIME_OF_DAY.test(timeOfDay)) return toRfc3339(value, label, dates);
			const [hours, minutes, seconds = '00'] = timeOfDay.split(':');
			return `1970-01-01T${hours.padStart(2, '0')}:${minutes}:${seconds}Z`;
		}
		default:
			return toRfc3339(value, label, dates);
	}
}

function barcodes(value: unknown): string[] {
	const texts = Array.isArray(value) ? value.map(toText) : toText(value).split(/[,\r\n]+/);
	return texts.map((code) => code.trim()).filter((code) => code !== '');
}

function choiceId(choices: Choice[], value: unknown, label: string): string {
	const choice = findByIdOrLabel(choices, toText(value));
	if (choice) return choice.id;
	throw new InvalidInputError(
		`'${label}' is ${quote(value)}, which is not one of its choices`,
		`Choose from: ${quoteList(choices.map((candidate) => candidate.label))}.`,
	);
}

/**
 * Accepts a list, a JSON list as text, or text with labels separated by commas or line breaks, where a label may itself
 * contain commas.
 */
function choiceIds(choices: Choice[], value: unknown, label: string): string[] {
	const entries: unknown[] =
		typeof value === 'string' ? parseList(value) : Array.isArray(value) ? value : [value];
	const ids = entries.flatMap((entry) =>
		typeof entry === 'string'
			? splitText(entry, (text) => findByIdOrLabel(choices, text) !== undefined).map((text) =>
					choiceId(choices, text, label),
				)
			: [choiceId(choices, entry, label)],
	);
	return [...new Set(ids)];
}

function parseList(text: string): unknown[] {
	if (!text.trim().startsWith('[')) return [text];
	const parsed = jsonParse<unknown>(text, { fallbackValue: text });
	return Array.isArray(parsed) ? parsed : [text];
}
