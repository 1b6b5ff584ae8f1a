import { DateTime } from 'luxon';
import { quote } from '../common/coercion';
import { InvalidInputError } from '../common/errors';
import { fromSpreadsheet, type DateSettings } from './dateFormat';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A date with an optional time: ISO 8601, or with a space in place of the T, as databases print it. */
const ISO = /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}(:?\d{2}.*)?)?$/;

/** A smaller number is probably in seconds: as milliseconds, it would be a date before March 1973. */
const MIN_MILLISECONDS = 1e11;

export const DAY_MS = 86_400_000;

/** The date so many days after a date; undefined if that is not `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string | undefined {
	const time = DATE.test(date) ? Date.parse(date) + days * DAY_MS : NaN;
	const result = new Date(time);
	return Number.isNaN(result.getTime()) ? undefined : result.toISOString().slice(0, 10);
}

const QUARTER_MS = 900_000;

const UTC: DateSettings = { zone: 'utc' };

/**
 * The time in the format that Samsara expects: RFC 3339 in UTC, e.g. `2027-01-15T08:30:00Z`, without milliseconds if they
 * are zero.
 *
 * @param value ISO text, a date without a time (midnight UTC), a Luxon DateTime, a JS Date, or milliseconds since 1970
 * @param label the parameter's label in the form
 * @throws InvalidInputError for an invalid or ambiguous date
 */
export function toRfc3339(value: unknown, label: string, settings = UTC): string {
	const time = parseOrThrow(value, label, settings).toUTC();
	return time.toISO({ suppressMilliseconds: true }) ?? throwInvalidDate(value, label);
}

/**
 * The calendar date `YYYY-MM-DD`. For text without an offset or with an offset other than UTC, it is the date in the text.
 * Values in UTC (a JS Date, milliseconds, text with a Z) were often converted from a calendar date: midnight is that date,
 * and any other time is the day in the zone of `settings`, as in `daysUntil`.
 *
 * @throws InvalidInputError for an invalid or ambiguous date
 */
export function dateOnly(value: unknown, label: string, settings = UTC): string {
	const time = parseOrThrow(value, label, settings);
	const isMoment = time.zone.isUniversal && time.offset === 0 && time.toMillis() % DAY_MS !== 0;
	return (
		(isMoment ? time.setZone(settings.zone) : time).toISODate() ?? throwInvalidDate(value, label)
	);
}

/**
 * Calendar days from today until a date: 0 for today, negative for the past.
 *
 * @param date RFC 3339 or `YYYY-MM-DD`, as Samsara returns it. Midnight UTC stands for a date without a time (see
 * toRfc3339), so it is the same day in every zone; any other time is converted to `zone`.
 * @param zone the zone that decides which day is today: the workflow's time zone
 * @returns undefined for an invalid date
 */
export function daysUntil(date: string, now: Date, zone = 'utc'): number | undefined {
	const timestamp = Date.parse(date);
	if (Number.isNaN(timestamp)) return undefined;
	const day = timestamp % DAY_MS === 0 ? timestamp / DAY_MS : dayNumber(timestamp, zone);
	return day - dayNumber(now.getTime(), zone);
}

/** The calendar day of a moment in a zone, in days since 1970. */
function dayNumber(moment: number, zone: string): number {
	return Math.floor((moment + offset(moment, zone)) / DAY_MS);
}

const MAX_CACHED_OFFSETS = 20_000;

const offsets = new Map<string, number>();

/**
 * How far a zone is ahead of UTC, in milliseconds. Cached per quarter of an hour, as zones change their offset only on the
 * quarter hour: looking it up for each of 100,000 records would take seconds.
 */
function offset(moment: number, zone: string): number {
	const key = `${zone} ${Math.floor(moment / QUARTER_MS)}`;
	const cached = offsets.get(key);
	if (cached !== undefined) return cached;
	if (offsets.size >= MAX_CACHED_OFFSETS) offsets.clear();
	const zoned = DateTime.fromMillis(moment, { zone });
	const offsetMs = zoned.isValid ? zoned.offset * 60_000 : 0;
	offsets.set(key, offsetMs);
	return offsetMs;
}

function parseOrThrow(value: unknown, label: string, { zone, format }: DateSettings): DateTime {
	const time = parse(fromSpreadsheet(value, label, format), zone);
	return time?.isValid && time.year >= 1 && time.year <= 9999
		? time
		: throwInvalidDate(value, label);
}

function parse(value: unknown, zone: string): DateTime | undefined {
	if (typeof value === 'string') {
		const text = value.trim();
		if (!ISO.test(text)) return undefined;
		const date = text.replace(/^(.{10})[t ]/, '$1T').replace(/\s+(?=[Zz]|[+-]\d)/, '');
		return DateTime.fromISO(date, { zone: DATE.test(text) ? 'utc' : zone, setZone: hasZone(date) });
	}
	if (typeof value === 'number') {
		return Math.abs(value) >= MIN_MILLISECONDS
			? DateTime.fromMillis(value, { zone: 'utc' })
			: undefined;
	}
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone: 'utc' });
	return isDateTime(value) ? value : undefined;
}

function hasZone(text: string): boolean {
	return /([Zz]|[+-]\d{2}(:?\d{2})?)$/.test(text.slice(10));
}

/** Not by `instanceof`: a DateTime from an expression may belong to another copy of luxon. */
function isDateTime(value: unknown): value is DateTime {
	return typeof value === 'object' && value !== null && 'toUTC' in value && 'toISODate' in value;
}

function throwInvalidDate(value: unknown, label: string): never {
	throw new InvalidInputError(
		`'${label}' is ${quote(value)}, which is not a valid date`,
		'Enter a date like 2027-01-15, or a date and time like 2027-01-15T08:30.',
	);
}

/** How messages show a time that is sent to Samsara: midnight UTC stands for a date without a time. */
export function readableTime(time: string): string {
	return time.replace(/T00:00:00Z$/, '').replace(/T(\d\d:\d\d).*Z$/, ' $1 UTC');
}

/** How a date without a time is sent. Most dates are such, so they are read without a date library. */
const MIDNIGHT_UTC = /^\d{4}-\d{2}-\d{2}T00:00:00(\.0+)?(Z|\+00:00)$/;

/**
 * Converts Samsara's times to calendar dates in one time zone, fast enough for 100,000 records. As in `daysUntil`, midnight
 * UTC is the same date in every zone; any other time is converted to the zone.
 */
export class Days {
	/** Most records share their dates with others. */
	private readonly daysByDate = new Map<string, number | undefined>();

	constructor(
		private readonly now: Date,
		private readonly zone: string,
	) {}

	/** A date like `2027-01-15`. Text that is not a valid time is returned unchanged. */
	date(time: string): string {
		return MIDNIGHT_UTC.test(time)
			? time.slice(0, 10)
			: (DateTime.fromISO(time, { zone: this.zone }).toISODate() ?? time);
	}

	/** A time of day like `08:30`. Samsara dates times without a day 1970-01-01; they are the same in every zone. */
	timeOfDay(time: string): string {
		const zone = time.startsWith('1970-01-01T') ? 'utc' : this.zone;
		const local = DateTime.fromISO(time, { zone });
		return local.isValid ? local.toFormat(local.second === 0 ? 'HH:mm' : 'HH:mm:ss') : time;
	}

	/** Calendar days from today: 0 for today, negative for the past, undefined for an invalid date. */
	until(time: string): number | undefined {
		if (this.daysByDate.has(time)) return this.daysByDate.get(time);
		if (this.daysByDate.size >= MAX_CACHED_OFFSETS) this.daysByDate.clear();
		const days = daysUntil(time, this.now, this.zone);
		this.daysByDate.set(time, days);
		return days;
	}
}
