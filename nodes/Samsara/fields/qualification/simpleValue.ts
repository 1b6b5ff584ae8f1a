import { dateOnly, toRfc3339 } from '../dates';
import { InvalidInputError } from '../../common/errors';
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

type FieldDefinition = Pick<
	QualificationColumn,
	'options' | 'numDecimalPlaces' | 'allowedDateTimeValueType'
> & { type: string };

/**
 * The value object of a field or cell that is neither a table nor a file.
 *
 * @param value what n8n gives: not blank
 * @param name what the form calls the field
 * @param zone where times without an offset were written
 * @throws InvalidInputError for a value that does not go with the type
 */
export function simpleValue(
	definition: FieldDefinition,
	value: unknown,
	name: string,
	zone: string,
): SimpleValue {
	const choices = definition.options ?? [];
	switch (definition.type) {
		case 'text':
			return { textValue: { value: toText(value) } };
		case 'number':
			return { numberValue: { value: toFieldNumber(definition, value, name) } };
		case 'datetime':
			return { dateTimeValue: { value: toFieldTime(definition, value, name, zone) } };
		case 'multiple_choice':
			return { multipleChoiceValue: { valueId: choiceId(choices, value, name) } };
		case 'check_boxes':
			return { checkBoxesValue: { valueIds: choiceIds(choices, value, name) } };
		case 'person':
			return { personValue: { person: { polymorphicUserId: toText(value).trim() } } };
		case 'barcode':
			return { barcodeValue: { barcodes: toBarcodes(value).map((code) => ({ value: code })) } };
		default:
			throw new InvalidInputError(
				`'${name}' is of a kind that Samsara's API cannot write`,
				`Leave '${name}' empty here and fill it in in the Samsara dashboard.`,
			);
	}
}

function toText(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Beyond this, digits after the point come from how computers add, not from what a person wrote. */
const ROUNDING_NOISE = 1e-9;

function toFieldNumber(
	{ numDecimalPlaces }: FieldDefinition,
	value: unknown,
	name: string,
): number {
	const parsed = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
	if (typeof parsed !== 'number' || !Number.isFinite(parsed)) {
		throw new InvalidInputError(
			`'${name}' is '${toText(value)}', which is no number`,
			`Give '${name}' a number like 12.5, without a unit and without separators of thousands.`,
		);
	}
	if (numDecimalPlaces === undefined) return parsed;
	const rounded = Number(parsed.toFixed(Math.min(Math.max(numDecimalPlaces, 0), 20)));
	if (Math.abs(rounded - parsed) <= ROUNDING_NOISE * Math.max(1, Math.abs(parsed))) return rounded;
	throw new InvalidInputError(
		`'${name}' is ${parsed}, but takes ${numDecimalPlaces === 0 ? 'whole numbers' : `at most ${numDecimalPlaces} decimal places`}`,
		`Round the value, e.g. to ${rounded}.`,
	);
}

const TIME_OF_DAY = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/**
 * Every kind of date and time is sent as a moment in UTC. A date alone is sent as its noon, which is that same day in
 * the time zones of the world's fleets, because Samsara answers it "in the stored field timezone" without saying which. A time of
 * day alone is sent on 1970-01-01.
 */
function toFieldTime(
	definition: FieldDefinition,
	value: unknown,
	name: string,
	zone: string,
): string {
	switch (definition.allowedDateTimeValueType) {
		case 'date':
			return `${dateOnly(value, name, zone)}T12:00:00Z`;
		case 'time': {
			const timeOfDay = toText(value).trim();
			if (!TIME_OF_DAY.test(timeOfDay)) return toRfc3339(value, name, zone);
			const [hours, minutes, seconds = '00'] = timeOfDay.split(':');
			return `1970-01-01T${hours.padStart(2, '0')}:${minutes}:${seconds}Z`;
		}
		default:
			return toRfc3339(value, name, zone);
	}
}

function toBarcodes(value: unknown): string[] {
	const texts = Array.isArray(value) ? value.map(toText) : toText(value).split(/[,\r\n]+/);
	return texts.map((code) => code.trim()).filter((code) => code !== '');
}
