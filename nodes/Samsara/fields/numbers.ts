import { InvalidInputError } from '../common/errors';
import { quote, toNumber } from '../common/coercion';

/** Reads a number. @throws InvalidInputError for anything else */
export function readNumber(value: unknown, label: string): number {
	const number = toNumber(value);
	if (!Number.isNaN(number)) return number;
	throw new InvalidInputError(
		`'${label}' must be a number, but is ${quote(value)}`,
		'Enter a number like 13.6, without a unit or thousands separators.',
	);
}

/** Reads a whole number that is not negative. @throws InvalidInputError for anything else */
export function readWholeNumber(value: unknown, label: string): number {
	const number = toNumber(value);
	if (Number.isInteger(number) && number >= 0) return number;
	throw new InvalidInputError(
		`'${label}' must be a whole number of 0 or more, but is ${quote(value)}`,
		'Enter a number like 30, without a unit or thousands separators.',
	);
}
