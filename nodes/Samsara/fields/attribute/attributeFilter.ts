import type { Attribute, AttributeValues } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { toText } from '../../common/coercion';
import { allowedValues, valueTypeOf } from './attributeValueType';
import { attributeOf } from './attributeForm';
import { Allowed, toAttributeValue } from './attributeValues';
import type { DateSettings } from '../dateFormat';
import { dateOnly } from '../dates';
import { readNumber } from '../numbers';

/** One row of the filter form. */
export interface FilterRow {
	attribute?: unknown;
	condition?: unknown;
	value?: unknown;
	from?: unknown;
	to?: unknown;
}

interface Condition {
	attribute: Attribute;
	name: string;
	/** `Name:value` or `Name:range(a,b)`, if the API can filter by the condition. */
	apiFilter?: string;
	matches(values: Array<string | number>): boolean;
}

/** What the `attributes` filter of an endpoint accepts. */
export interface FilterSupport {
	/** `Name:value`. */
	values: boolean;
	/** Ranges of dates. All endpoints accept ranges of numbers. */
	dates: boolean;
	/** Ranges with only one bound. */
	openBounds: boolean;
}

export interface AttributeFilter {
	/** The condition that the API filters by. */
	apiFilter?: string;
	/** How many conditions `keep` checks. */
	remaining: number;
	/** The attributes of these conditions. */
	attributes: Attribute[];
	/** Whether an entity meets the conditions that the API does not check. */
	keep(entity: { attributes?: AttributeValues[] }): boolean;
}

/**
 * Reads conditions on attribute values. The API filters by one of them, and the others are checked here: three ways to
 * separate several conditions are documented (comma, semicolon, repeated parameter), and not every endpoint supports
 * every condition.
 *
 * @throws InvalidInputError for attributes that do not exist, and invalid bounds
 */
export function attributeFilter(
	rows: FilterRow[],
	attributes: Attribute[],
	support: FilterSupport,
	dates?: DateSettings,
): AttributeFilter {
	const conditions = rows.map((row) => readCondition(row, attributes, support, dates));
	const apiCondition = conditions.find(({ apiFilter }) => apiFilter !== undefined);
	const localConditions = conditions.filter((condition) => condition !== apiCondition);
	return {
		apiFilter: apiCondition?.apiFilter,
		remaining: localConditions.length,
		attributes: localConditions.map(({ attribute }) => attribute),
		keep: (entity) => localConditions.every(({ name, matches }) => matches(valuesOf(entity, name))),
	};
}

function readCondition(
	row: FilterRow,
	attributes: Attribute[],
	support: FilterSupport,
	dates?: DateSettings,
): Condition {
	const attribute = attributeOf(toText(row.attribute), attributes, 'Attribute Values');
	const name = attribute.name ?? '';
	const label = `Attribute Values: ${name}`;
	const valueType = valueTypeOf(attribute);
	const { list, restricted } = valueType;
	if (row.condition !== 'between') {
		if (toText(row.value) === '') {
			throw new InvalidInputError(
				`'${label}' has no value`,
				"Fill in 'Value', or remove the condition.",
			);
		}
		const input = toAttributeValue(row.value, valueType, label, dates);
		const value = restricted ? allowedValue(attribute, input, label) : input;
		const isPlain = !/[;,:()]/.test(`${name}${value}`);
		return {
			attribute,
			name,
			apiFilter: support.values && isPlain ? `${name}:${value}` : undefined,
			matches: (values) => values.includes(value),
		};
	}
	const readBound = (bound: unknown) => {
		if (toText(bound) === '') return undefined;
		if (list === 'dateValues') return dateOnly(bound, label, dates);
		if (list === 'numberValues') return readNumber(bound, label);
		throw new InvalidInputError(
			`'${label}' has the condition Is Between, but its values are text`,
			"Choose the condition 'Is'. Only numbers and dates can be between two values.",
		);
	};
	const [low, high] = [readBound(row.from), readBound(row.to)];
	if (low === undefined && high === undefined) {
		throw new InvalidInputError(
			`'${label}' has neither 'From' nor 'To'`,
			"Fill in 'From', 'To', or both.",
		);
	}
	const isSupported =
		(support.openBounds || (low !== undefined && high !== undefined)) &&
		(support.dates || list === 'numberValues') &&
		!/[;,:()]/.test(name);
	return {
		attribute,
		name,
		apiFilter: isSupported ? `${name}:range(${low ?? ''},${high ?? ''})` : undefined,
		matches: (values) =>
			values.some(
				(entityValue) =>
					(low === undefined || entityValue >= low) && (high === undefined || entityValue <= high),
			),
	};
}

/** @throws InvalidInputError for a value that the attribute does not allow: no entity can have it */
function allowedValue(attribute: Attribute, value: string | number, label: string) {
	const allowed = allowedValues(attribute);
	const found = new Allowed(allowed, label).find(value);
	if (found !== undefined || allowed.length === 0) return found ?? value;
	throw new InvalidInputError(
		`'${label}' has the value '${value}', which the attribute does not allow`,
		`Enter one of: ${allowed.slice(0, 30).join(', ')}${allowed.length > 30 ? ', …' : ''}.`,
	);
}

function valuesOf({ attributes = [] }: { attributes?: AttributeValues[] }, name: string) {
	return attributes
		.filter((attribute) => attribute.name === name)
		.flatMap(({ stringValues, numberValues, dateValues }) => [
			...(stringValues ?? []),
			...(numberValues ?? []),
			...(dateValues ?? []),
		]);
}
