import type { Attribute, AttributeValues } from '../api/types';
import { Refusal } from '../refusal';
import { toNumber } from '../toNumber';
import { toText } from '../toText';
import { allowedValues, kindOf } from './attributeKind';
import { attributeOf } from './attributeForm';
import { Allowed, numberFrom } from './attributeValues';
import { dateOnly } from './dates';

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
	wire?: string;
	holds(values: Array<string | number>): boolean;
}

export interface AttributeFilter {
	/** The condition that the API filters by. */
	wire?: string;
	/** How many conditions are left for `keep`. */
	rest: number;
	/** The other conditions, on our side. */
	keep(entity: { attributes?: AttributeValues[] }): boolean;
}

/**
 * Conditions on attribute values. One of them is asked of the API, the others are checked here: how several are
 * separated on the wire is documented in three ways (comma, semicolon, repeated), and ranges with an open bound or of
 * dates are not known everywhere.
 *
 * @param dates whether the endpoint knows ranges of dates
 * @throws Refusal for attributes that do not exist and bounds that are none
 */
export function attributeFilter(
	rows: FilterRow[],
	attributes: Attribute[],
	dates: boolean,
	zone?: string,
): AttributeFilter {
	const conditions = rows.map((row) => read(row, attributes, dates, zone));
	const asked = conditions.find(({ wire }) => wire !== undefined);
	const checked = conditions.filter((condition) => condition !== asked);
	return {
		wire: asked?.wire,
		rest: checked.length,
		keep: (entity) => checked.every(({ name, holds }) => holds(valuesOf(entity, name))),
	};
}

function read(row: FilterRow, attributes: Attribute[], dates: boolean, zone?: string): Condition {
	const attribute = attributeOf(toText(row.attribute), attributes, 'Attribute Values');
	const name = attribute.name ?? '';
	const label = `Attribute Values: ${name}`;
	const { list, fixed } = kindOf(attribute);
	if (row.condition !== 'between') {
		if (toText(row.value) === '') {
			throw new Refusal(`'${label}' has no value`, "Fill in 'Value', or remove the condition.");
		}
		const wanted =
			list === 'dateValues'
				? dateOnly(row.value, label, zone)
				: list === 'numberValues'
					? numberFrom(row.value, label)
					: toText(row.value);
		const value = fixed ? allowedValue(attribute, wanted, label) : wanted;
		const plain = !/[;,:()]/.test(`${name}${value}`);
		return {
			name,
			wire: plain ? `${name}:${value}` : undefined,
			holds: (values) => values.includes(value),
		};
	}
	const bound = (given: unknown) => {
		if (toText(given) === '') return undefined;
		if (list === 'dateValues') return dateOnly(given, label, zone);
		const number = list === 'numberValues' ? toNumber(given) : NaN;
		if (Number.isFinite(number)) return number;
		throw new Refusal(
			`'${label}' is between '${toText(given)}' and something`,
			'Give bounds that are numbers for an attribute of numbers, and dates for one of dates.',
		);
	};
	const [low, high] = [bound(row.from), bound(row.to)];
	if (low === undefined && high === undefined) {
		throw new Refusal(`'${label}' has no bounds`, "Fill in 'From', 'To' or both.");
	}
	const closed = low !== undefined && high !== undefined;
	const known = (list === 'numberValues' || dates) && !/[;,:()]/.test(name);
	return {
		name,
		wire: closed && known ? `${name}:range(${low},${high})` : undefined,
		holds: (values) =>
			values.some(
				(held) => (low === undefined || held >= low) && (high === undefined || held <= high),
			),
	};
}

/** @throws Refusal for a value that the attribute does not allow, which no entity can have */
function allowedValue(attribute: Attribute, wanted: string | number, label: string) {
	const allowed = allowedValues(attribute);
	const found = new Allowed(allowed, label).find(wanted);
	if (found !== undefined || allowed.length === 0) return found ?? wanted;
	throw new Refusal(
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
