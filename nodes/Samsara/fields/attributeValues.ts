import type { Attribute, AttributeValues } from '../api/types';
import { Refusal } from '../refusal';
import { allowedValues, attributeLabel, kindOf, type AttributeKind } from './attributeKind';
import { dateOnly } from './dates';

/** Values that a person gave for an attribute, and those among them that the attribute does not allow yet. */
export interface GivenAttribute {
	attribute: Attribute;
	values: Array<string | number>;
	missing: Array<string | number>;
}

/** Allowed values named in a message. */
const NAMED = 30;

/**
 * Reads what a person gave for an attribute: a value or a list of them, or, where several are taken, text with commas
 * or line breaks. Case and blanks around don't matter for prescribed values.
 *
 * @param addMissing takes values that the attribute does not allow yet, and reports them
 * @returns undefined where nothing was given: an empty input leaves the attribute as it is
 * @throws Refusal for values that the attribute cannot take
 */
export function readAttribute(
	attribute: Attribute,
	given: unknown,
	addMissing: boolean,
): GivenAttribute | undefined {
	const kind = kindOf(attribute);
	const allowed = new Map(allowedValues(attribute).map((value) => [fold(value), value]));
	const label = attributeLabel(attribute);
	const pieces = (Array.isArray(given) ? (given as unknown[]) : [given])
		.flatMap((piece) => (kind.many ? split(piece, allowed) : [piece]))
		.filter((piece) => !isEmpty(piece));
	if (pieces.length === 0) return undefined;

	const missing: Array<string | number> = [];
	const values = pieces.map((piece) => {
		const known = kind.fixed ? allowed.get(fold(piece)) : undefined;
		if (known !== undefined) return known;
		const value = convert(piece, kind, label);
		if (kind.fixed && !addMissing) throw unknown(label, value, [...allowed.values()]);
		if (kind.fixed) {
			allowed.set(fold(value), value);
			missing.push(value);
		}
		return value;
	});
	const distinct = [...new Set(values)];
	if (distinct.length > 1 && !kind.many) {
		throw new Refusal(
			`'${label}' takes one value, and ${distinct.length} were given`,
			`Give '${label}' one value.`,
		);
	}
	return { attribute, values: distinct, missing };
}

/** The attribute with these values as requests carry it; none clears it. */
export function attributeItem(
	attribute: Attribute,
	values: Array<string | number> = [],
): AttributeValues {
	return { id: attribute.id, name: attribute.name, [kindOf(attribute).list]: values };
}

/** Text of several values in pieces. An allowed value that has a comma itself stays whole. */
function split(piece: unknown, allowed: Map<string, unknown>): unknown[] {
	if (typeof piece !== 'string' || allowed.has(fold(piece))) return [piece];
	const lines = piece.split(/\r?\n/);
	if (lines.length > 1) return lines.flatMap((line) => split(line, allowed));
	const parts = piece.split(',');
	const pieces: string[] = [];
	for (let from = 0; from < parts.length; ) {
		let to = parts.length;
		while (to > from + 1 && !allowed.has(fold(parts.slice(from, to).join(',')))) to--;
		pieces.push(parts.slice(from, to).join(',').trim());
		from = to;
	}
	return pieces;
}

function convert(piece: unknown, { list }: AttributeKind, label: string): string | number {
	if (list === 'dateValues') return dateOnly(piece, label);
	if (list === 'numberValues') return toNumber(piece, label);
	if (typeof piece === 'object') {
		throw new Refusal(`'${label}' is not text`, `Map a single value to '${label}'.`);
	}
	return String(piece).trim();
}

function toNumber(piece: unknown, label: string): number {
	const number = typeof piece === 'string' || typeof piece === 'number' ? Number(piece) : NaN;
	if (!Number.isFinite(number)) {
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
		`'${label}' has no value '${String(value)}'`,
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
