import { dateOnly, toRfc3339 } from '../dates';
import { Refusal } from '../../refusal';
import type { QualificationColumn } from '../../api/types';
import { choiceId, choiceIds } from './choices';

/** Value objects that fields and the cells of tables share. */
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

/**
 * The value object of a field or cell that is neither a table nor a file.
 *
 * @param value what n8n gives: not blank
 * @param name what the form calls the field
 * @param zone where times without an offset were written
 * @throws Refusal for a value that does not go with the type
 */
export function simpleValue(
	definition: Definition,
	value: unknown,
	name: string,
	zone: string,
): SimpleValue {
	const choices = definition.options ?? [];
	switch (definition.type) {
		case 'text':
			return { textValue: { value: text(value) } };
		case 'number':
			return { numberValue: { value: number(definition, value, name) } };
		case 'datetime':
			return { dateTimeValue: { value: time(definition, value, name, zone) } };
		case 'multiple_choice':
			return { multipleChoiceValue: { valueId: choiceId(choices, value, name) } };
		case 'check_boxes':
			return { checkBoxesValue: { valueIds: choiceIds(choices, value, name) } };
		case 'person':
			return { personValue: { person: { polymorphicUserId: text(value).trim() } } };
		case 'barcode':
			return { barcodeValue: { barcodes: codes(value).map((code) => ({ value: code })) } };
		default:
			throw new Refusal(
				`'${name}' is of a kind that Samsara's API cannot write`,
				`Leave '${name}' empty here and fill it in in the Samsara dashboard.`,
			);
	}
}

function text(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Beyond this, digits after the point come from how computers add, not from what a person wrote. */
const ROUNDING_NOISE = 1e-9;

function number({ numDecimalPlaces }: Definition, value: unknown, name: string): number {
	const given = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
	if (typeof given !== 'number' || !Number.isFinite(given)) {
		throw new Refusal(
			`'${name}' is '${text(value)}', which is no number`,
			`Give '${name}' a number like 12.5, without a unit and without separators of thousands.`,
		);
	}
	if (numDecimalPlaces === undefined) return given;
	const rounded = Number(given.toFixed(Math.min(Math.max(numDecimalPlaces, 0), 20)));
	if (Math.abs(rounded - given) <= ROUNDING_NOISE * Math.max(1, Math.abs(given))) return rounded;
	throw new Refusal(
		`'${name}' is ${given}, but takes ${numDecimalPlaces === 0 ? 'whole numbers' : `at most ${numDecimalPlaces} decimal places`}`,
		`Round the value, e.g. to ${rounded}.`,
	);
}

const TIME_OF_DAY = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/**
 * Every kind of date and time is sent as a moment in UTC. A date alone is sent as its noon, which is that same day in
 * the time zones of the world's fleets, because Samsara answers it "in the stored field timezone" without saying which. A time of
 * day alone is sent on 1970-01-01.
 */
function time(definition: Definition, value: unknown, name: string, zone: string): string {
	switch (definition.allowedDateTimeValueType) {
		case 'date':
			return `${dateOnly(value, name, zone)}T12:00:00Z`;
		case 'time': {
			const clock = text(value).trim();
			if (!TIME_OF_DAY.test(clock)) return toRfc3339(value, name, zone);
			const [hours, minutes, seconds = '00'] = clock.split(':');
			return `1970-01-01T${hours.padStart(2, '0')}:${minutes}:${seconds}Z`;
		}
		default:
			return toRfc3339(value, name, zone);
	}
}

function codes(value: unknown): string[] {
	const given = Array.isArray(value) ? value.map(text) : text(value).split(/[,\r\n]+/);
	return given.map((code) => code.trim()).filter((code) => code !== '');
}
