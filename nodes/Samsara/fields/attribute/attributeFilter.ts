import type { Attribute, AttributeValues } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { toNumber } from '../../common/toNumber';
import { toText } from '../../common/toText';
import { allowedValues, valueTypeOf } from './attributeValueType';
import { attributeOf } from './attributeForm';
import { Allowed, numberFrom } from './attributeValues';
import { dateOnly } from '../dates';

/** One row of the filter form. */
export interface FilterRow {
	attribute?: unknown;
	condition?: unknown;
	value?: unknown;
	from?: unknown;
	to?: unknown;
}

interface Condition {
	name: string;
	/** `Name:value` or `Name:range(a,b)`, where the API can be asked that way. */
	apiFilter?: string;
	matches(values: Array<string | number>): boolean;
}

export interface AttributeFilter {
	/** The condition that the API filters by. */
	apiFilter?: string;
	/** How many conditions are left for `keep`. */
	remaining: number;
	/** The other conditions, on our side. */
	keep(entity: { attributes?: AttributeValues[] }): boolean;
}

/**
 * Conditions on attribute values. One of them is asked of the API, the others are checked here: how several are
 * separated on the wire is documented in three ways (comma, semicolon, repeated), and ranges with an open bound or of
 * dates are not known everywhere.
 *
 * @param supportsDateRanges whether the endpoint knows ranges of dates
 * @throws InvalidInputError for attributes that do not exist and bounds that are none
 */
export function attributeFilter(
	rows: FilterRow[],
	attributes: Attribute[],
	supportsDateRanges: boolean,
	zone?: string,
): AttributeFilter {
	const conditions = rows.map((row) => readCondition(row, attributes, supportsDateRanges, zone));
	const apiCondition = conditions.find(({ apiFilter }) => apiFilter !== undefined);
	const localConditions = conditions.filter((condition) => condition !== apiCondition);
	return {
		apiFilter: apiCondition?.apiFilter,
		remaining: localConditions.length,
		keep: (entity) => localConditions.every(({ name, matches }) => matches(valuesOf(entity, name))),
	};
}

function readCondition(
	row: FilterRow,
	attributes: Attribute[],
	supportsDateRanges: boolean,
	zone?: string,
): Condition {
	const attribute = attributeOf(toText(row.attribute), attributes, 'Attribute Values');
	const name = attribute.name ?? '';
	const label = `Attribute Values: ${name}`;
	const { list, restricted } = valueTypeOf(attribute);
	if (row.condition !== 'between') {
		if (toText(row.value) === '') {
			throw new InvalidInputError(
				`'${label}' has no value`,
				"Fill in 'Value', or remove the condition.",
			);
		}
		const wanted =
			list === 'dateValues'
				? dateOnly(row.value, label, zone)
				: list === 'numberValues'
					? numberFrom(row.value, label)
					: toText(row.value);
		const value = restricted ? allowedValue(attribute, wanted, label) : wanted;
		const isPlain = !/[;,:()]/.test(`${name}${value}`);
		return {
			name,
			apiFilter: isPlain ? `${name}:${value}` : undefined,
			matches: (values) => values.includes(value),
		};
	}
	const bound = (input: unknown) => {
		if (toText(input) === '') return undefined;
		if (list === 'dateValues') return dateOnly(input, label, zone);
		const number = list === 'numberValues' ? toNumber(input) : NaN;
		if (Number.isFinite(number)) return number;
		throw new InvalidInputError(
			`'${label}' is between '${toText(input)}' and something`,
			'Give bounds that are numbers for an attribute of numbers, and dates for one of dates.',
		);
	};
	const [low, high] = [bound(row.from), bound(row.to)];
	if (low === undefined && high === undefined) {
		throw new InvalidInputError(`'${label}' has no bounds`, "Fill in 'From', 'To' or both.");
	}
	const isClosed = low !== undefined && high !== undefined;
	const isSupported = (list === 'numberValues' || supportsDateRanges) && !/[;,:()]/.test(name);
	return {
		name,
		apiFilter: isClosed && isSupported ? `${name}:range(${low},${high})` : undefined,
		matches: (values) =>
			values.some(
				(entityValue) =>
					(low === undefined || entityValue >= low) && (high === undefined || entityValue <= high),
			),
	};
}

/** @throws InvalidInputError for a value that the attribute does not allow, which no entity can have */
function allowedValue(attribute: Attribute, wanted: string | number, label: string) {
	const allowed = allowedValues(attribute);
	const found = new Allowed(allowed, label).find(wanted);
	if (found !== undefined || allowed.length === 0) return found ?? wanted;
	throw new InvalidInputError(
		`'${label}' has no value '${wanted}'`,
		`Give one of: ${allowed.slice(0, 30).join(', ')}${allowed.length > 30 ? ', …' : ''}.`,
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
