import type { Attribute, AttributeValues } from '../api/types';
import { Refusal } from '../refusal';
import { toNumber } from '../toNumber';
import { toText } from '../toText';
import { allowedValues, attributeLabel, kindOf, type AttributeKind } from './attributeKind';
import { dateOnly } from './dates';

/** Values that a person gave for an attribute, and those among them that the attribute does not allow yet. */
export interface GivenAttribute {
	attribute: Attribute;
	values: Array<string | number>;
	missing: Array<string | number>;
	/** As it was given, where that is text: what an entity's row shows of several values. */
	text?: string;
}

/** Allowed values named in a message. */
const NAMED = 30;

/**
 * Reads what a person gave for an attribute: a value or a list of them, or, where several are taken, text with commas
 * or line breaks; elements of a list stay whole. Spaces around prescribed values don't matter, nor does case where only
 * one of them is meant.
 *
 * @param addMissing takes values that the attribute does not allow yet, and reports them
 * @param zone of moments that become dates, e.g. the workflow's time zone
 * @returns undefined where nothing was given: an empty input leaves the attribute as it is
 * @throws Refusal for values that the attribute cannot take
 */
export function readAttribute(
	attribute: Attribute,
	given: unknown,
	addMissing: boolean,
	zone?: string,
): GivenAttribute | undefined {
	const kind = kindOf(attribute);
	const label = attributeLabel(attribute);
	const allowed = new Allowed([...allowedValues(attribute)], label);
	const pieces = (
		Array.isArray(given) ? (given as unknown[]) : kind.many ? split(given, allowed) : [given]
	).filter((piece) => !isEmpty(piece));
	if (pieces.length === 0) return undefined;

	const missing: Array<string | number> = [];
	const values = pieces.map((piece) => {
		const value = convert(piece, kind, label, zone);
		const known = kind.fixed ? allowed.find(value) : value;
		if (known !== undefined) return known;
		if (!addMissing) throw unknown(label, value, allowed.values);
		allowed.values.push(value);
		missing.push(value);
		return value;
	});
	const distinct = [...new Set(values)];
	if (distinct.length > 1 && !kind.many) {
		throw new Refusal(
			`'${label}' takes one value, and ${distinct.length} were given`,
			`Give '${label}' one value.`,
		);
	}
	const text = kind.many && typeof given === 'string' ? { text: given.trim() } : {};
	return { attribute, values: distinct, missing, ...text };
}

/** The attribute with these values as requests carry it; none clears it. */
export function attributeItem(
	attribute: Attribute,
	values: Array<string | number> = [],
): AttributeValues {
	return { id: attribute.id, name: attribute.name, [kindOf(attribute).list]: values };
}

/** The values that an attribute prescribes. */
export class Allowed {
	constructor(
		readonly values: Array<string | number>,
		private readonly label: string,
	) {}

	/**
	 * The allowed value that is meant: exactly this one, or the only one that differs in case.
	 *
	 * @throws Refusal where several differ in case only
	 */
	find(value: string | number): string | number | undefined {
		if (this.values.includes(value)) return value;
		const alike = this.values.filter((one) => fold(one) === fold(value));
		if (alike.length < 2) return alike[0];
		throw new Refusal(
			`'${this.label}' is '${value}', which may be ${alike.join(' or ')}`,
			'Give the value in upper and lower case as Samsara shows it.',
		);
	}

	/** Whether a text is an allowed value, in any case. */
	has(text: string): boolean {
		return this.values.some((one) => fold(one) === fold(text));
	}
}

/** Text of several values in pieces. An allowed value that has a comma itself stays whole. */
function split(piece: unknown, allowed: Allowed): unknown[] {
	if (typeof piece !== 'string' || allowed.has(piece)) return [piece];
	const lines = piece.split(/\r?\n/);
	if (lines.length > 1) return lines.flatMap((line) => split(line, allowed));
	const parts = piece.split(',');
	const pieces: string[] = [];
	for (let from = 0; from < parts.length; ) {
		let to = parts.length;
		while (to > from + 1 && !allowed.has(parts.slice(from, to).join(','))) to--;
		pieces.push(parts.slice(from, to).join(',').trim());
		from = to;
	}
	return pieces;
}

function convert(
	piece: unknown,
	{ list }: AttributeKind,
	label: string,
	zone?: string,
): string | number {
	if (list === 'dateValues') return dateOnly(piece, label, zone);
	if (list === 'numberValues') return numberFrom(piece, label);
	if (typeof piece === 'object') {
		throw new Refusal(`'${label}' is not text`, `Map a single value to '${label}'.`);
	}
	return String(piece).trim();
}

/** @throws Refusal for what is not a number */
export function numberFrom(piece: unknown, label: string): number {
	const number = toNumber(piece);
	if (Number.isNaN(number)) {
		throw new Refusal(
			`'${label}' is ${typeof piece === 'string' ? `'${piece}'` : 'not a number'}`,
			`Give '${label}' a number like 13.6, without unit or thousands separators.`,
		);
	}
	return number;
}

function unknown(label: string, value: unknown, allowed: unknown[]): Refusal {
	const named = allowed.slice(0, NAMED).join(', ');
	const more = allowed.length > NAMED ? ` and ${allowed.length - NAMED} more` : '';
	return new Refusal(
		`'${label}' has no value '${toText(value)}'`,
		`Give one of: ${named}${more}. Or turn on the option 'Add Missing Values'.`,
	);
}

function isEmpty(piece: unknown): boolean {
	return (
		piece === undefined || piece === null || (typeof piece === 'string' && piece.trim() === '')
	);
}

function fold(value: unknown): string {
	return String(value).trim().toLowerCase();
}
