import { DateTime } from 'luxon';
import { InvalidInputError } from '../common/errors';

/** The choices of the option 'Date Format'. */
export const DATE_FORMATS = {
	iso: 'ISO (2027-01-31)',
	monthFirst: 'Month First (1/31/2027)',
	dayFirst: 'Day First (31/1/2027)',
};

/** How the dates that a user enters are read. */
export interface DateSettings {
	/** The time zone of times without an offset, e.g. the workflow's. */
	zone: string;
	/** The option 'Date Format', or `unset` if it was not added. Undefined for inputs without this option. */
	format?: keyof typeof DATE_FORMATS | 'unset';
}

/** Month and day in either order, as spreadsheets and HR systems export dates, sometimes with a time. */
const NUMERIC =
	/^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+(\d{1,2})(:\d\d(?::\d\d)?)(?:\s*([ap])m)?)?$/i;

const DAY_NUMBER = /^\d{5}(\.\d+)?$/;

/** The day numbers of 1950-01-01 and 2151-01-01. Other numbers are probably not dates. */
const MIN_DAY_NUMBER = 18_264;
const MAX_DAY_NUMBER = 91_678;

const DAY_NUMBER_OF_1970 = 25_569;

/**
 * Converts a date as spreadsheets contain it, e.g. `1/31/2027` or the day number 46418, to ISO text. Any other value is
 * returned as it is.
 *
 * @throws InvalidInputError that says which dates it can be, unless the option 'Date Format' tells which one it is
 */
export function fromSpreadsheet(
	value: unknown,
	label: string,
	format: DateSettings['format'],
): unknown {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const number = DAY_NUMBER.test(text) ? Number(text) : NaN;
	if (number >= MIN_DAY_NUMBER && number < MAX_DAY_NUMBER)
		return fromDayNumber(number, label, format);
	const match = typeof value === 'string' ? NUMERIC.exec(text) : null;
	if (!match) return value;
	const [, first, , second, year, hour, minutes, half] = match;
	if (year.length === 2) {
		throw new InvalidInputError(
			`'${label}' is '${text}', whose year has only two digits`,
			'Write the year with four digits, like 2027-01-31.',
		);
	}
	const readings = {
		monthFirst: DateTime.utc(Number(year), Number(first), Number(second)),
		dayFirst: DateTime.utc(Number(year), Number(second), Number(first)),
	};
	const date = format === 'monthFirst' || format === 'dayFirst' ? readings[format] : undefined;
	if (date?.isValid) return `${date.toISODate()}${hour ? `T${hour24(hour, half)}${minutes}` : ''}`;
	if (!readings.monthFirst.isValid && !readings.dayFirst.isValid) return value;
	throw unclearError(text, label, readings, format);
}

/** The fraction of a day number is the time of day. */
function fromDayNumber(number: number, label: string, format: DateSettings['format']): string {
	const time = DateTime.fromSeconds(Math.round((number - DAY_NUMBER_OF_1970) * 86_400), {
		zone: 'utc',
	});
	const date = `${time.toISODate()}`;
	if (format !== undefined && format !== 'unset') {
		return Number.isInteger(number) ? date : `${date}T${time.toISOTime({ includeOffset: false })}`;
	}
	throw new InvalidInputError(
		`'${label}' is ${number}, which would be ${inWords(time)}, if it is a day number from a spreadsheet`,
		format === undefined
			? `Write ${date} instead.`
			: `If so, choose any format in the option 'Date Format', or write ${date}.`,
	);
}

function hour24(hour: string, half = ''): string {
	const isPm = half.toLowerCase() === 'p';
	return String(half ? (Number(hour) % 12) + (isPm ? 12 : 0) : hour).padStart(2, '0');
}

function unclearError(
	text: string,
	label: string,
	{ monthFirst, dayFirst }: Record<'monthFirst' | 'dayFirst', DateTime>,
	format: DateSettings['format'],
): InvalidInputError {
	const isSame = monthFirst.toMillis() === dayFirst.toMillis();
	const isAmbiguous = monthFirst.isValid && dayFirst.isValid && !isSame;
	const date = monthFirst.isValid ? monthFirst : dayFirst;
	const written = `${date.toISODate()}${isAmbiguous ? ` or ${dayFirst.toISODate()}` : ''}`;
	const fitting = isSame ? 'a format' : monthFirst.isValid ? "'Month First'" : "'Day First'";
	return new InvalidInputError(
		isAmbiguous
			? `'${label}' is '${text}', which can be ${inWords(monthFirst, 'LLLL d')} or ${inWords(dayFirst)}`
			: `'${label}' is '${text}', which can only be ${inWords(date)}`,
		format === undefined
			? `Write ${written} instead.`
			: `Choose ${isAmbiguous ? 'the right one' : fitting} in the option 'Date Format', or write ${written}.`,
	);
}

function inWords(date: DateTime, pattern = 'LLLL d, yyyy'): string {
	return date.toFormat(pattern, { locale: 'en-US' });
}
