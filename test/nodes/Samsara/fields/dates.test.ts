import { DateTime } from 'luxon';
import { dateOnly, daysUntil, toRfc3339 } from '../../../../nodes/Samsara/fields/dates';

const CHICAGO = { zone: 'America/Chicago' };

describe('toRfc3339', () => {
	it.each([
		['2027-01-15', '2027-01-15T00:00:00Z'],
		['2027-01-15T08:30:00Z', '2027-01-15T08:30:00Z'],
		['2027-01-15T08:30:00.250Z', '2027-01-15T08:30:00.250Z'],
		['2027-01-15T08:30:00-05:00', '2027-01-15T13:30:00Z'],
		['2027-01-15T08:30:00+0200', '2027-01-15T06:30:00Z'],
		[' 2027-01-15 08:30:00 ', '2027-01-15T08:30:00Z'],
		['2027-01-15 08:30:00 +02:00', '2027-01-15T06:30:00Z'],
		['2027-01-15T08:30', '2027-01-15T08:30:00Z'],
		[new Date('2027-01-15T08:30:00Z'), '2027-01-15T08:30:00Z'],
		[Date.UTC(2027, 0, 15, 8, 30), '2027-01-15T08:30:00Z'],
		[DateTime.fromISO('2027-01-15T08:30:00', { zone: 'America/Chicago' }), '2027-01-15T14:30:00Z'],
	])('converts %s to %s', (value, wire) => {
		expect(toRfc3339(value, 'Issue Date')).toBe(wire);
	});

	it('reads a time without an offset in the given zone, and a date without a time as midnight UTC', () => {
		expect(toRfc3339('2027-01-15T08:30:00', 'Due', CHICAGO)).toBe('2027-01-15T14:30:00Z');
		expect(toRfc3339('2027-01-15T08:30:00+01:00', 'Due', CHICAGO)).toBe('2027-01-15T07:30:00Z');
		expect(toRfc3339('2027-01-15', 'Due', CHICAGO)).toBe('2027-01-15T00:00:00Z');
	});

	it.each([
		'',
		'soon',
		'32/15/2027',
		'2027/01/15',
		46418.5e6,
		'2027-02-30',
		'2027-13-01',
		'2027-01-15T25:00:00Z',
		1_768_000_000,
		NaN,
		null,
		undefined,
		{},
		['2027-01-15'],
		true,
		new Date('nonsense'),
		DateTime.invalid('nonsense'),
	])('refuses %s and names the parameter', (value) => {
		expect(() => toRfc3339(value, 'Issue Date')).toThrow(
			expect.objectContaining({
				name: 'InvalidInputError',
				message: expect.stringMatching(/^'Issue Date' is .*not a valid date$/),
				description: expect.stringContaining('2027-01-15'),
			}),
		);
	});
});

describe('dateOnly', () => {
	it.each([
		['2027-01-15', '2027-01-15'],
		['2027-01-15T23:30:00-05:00', '2027-01-15'],
		['2027-01-15T00:00:00', '2027-01-15'],
		[DateTime.fromISO('2027-01-15T23:30:00', { zone: 'America/Chicago' }), '2027-01-15'],
		[new Date('2027-01-15T23:30:00Z'), '2027-01-15'],
	])('keeps the day in %s', (value, date) => {
		expect(dateOnly(value, 'Hire Date')).toBe(date);
	});

	it('refuses an invalid date', () => {
		expect(() => dateOnly('2027-02-30', 'Hire Date')).toThrow("'Hire Date' is '2027-02-30'");
	});
});

describe('dateOnly of a time in UTC', () => {
	const zone = 'Asia/Tokyo';
	const midnight = DateTime.fromISO('2027-01-15', { zone });

	it.each([
		['a JS Date of local midnight', midnight.toJSDate(), '2027-01-15'],
		['milliseconds of local midnight', midnight.toMillis(), '2027-01-15'],
		['text of local midnight', midnight.toUTC().toISO(), '2027-01-15'],
		['a JS Date of midnight UTC', new Date('2027-01-15'), '2027-01-15'],
		['text of midnight UTC', '2027-01-15T00:00:00.000Z', '2027-01-15'],
		['text with its own offset', '2027-01-15T23:30:00-08:00', '2027-01-15'],
		['text without an offset', '2027-01-15T23:30:00', '2027-01-15'],
		['a DateTime of another zone', midnight.setZone('America/Chicago'), '2027-01-14'],
		['a date', '2027-01-15', '2027-01-15'],
	])('reads %s', (_, value, date) => {
		expect(dateOnly(value, 'Hire Date', { zone })).toBe(date);
	});

	it('is the previous day in a zone west of UTC where it is still evening', () => {
		expect(dateOnly('2027-01-15T02:00:00Z', 'Hire Date', CHICAGO)).toBe('2027-01-14');
	});
});

describe('daysUntil', () => {
	const now = new Date('2026-11-22T18:00:00Z');

	it.each([
		['2026-11-22T00:00:00Z', 0],
		['2026-11-22T23:59:59Z', 0],
		['2026-11-23T00:00:00Z', 1],
		['2026-11-21T23:59:59Z', -1],
		['2027-01-21T00:00:00Z', 60],
		['2026-11-25', 3],
	])('until %s, there are %d days', (date, days) => {
		expect(daysUntil(date, now)).toBe(days);
	});

	it('converts both to the zone', () => {
		const late = new Date('2026-11-23T03:00:00Z');
		expect(daysUntil('2026-11-24T12:00:00Z', late, 'America/Chicago')).toBe(2);
		expect(daysUntil('2026-11-24T12:00:00Z', late)).toBe(1);
	});

	it('is undefined for an invalid date', () => {
		expect(daysUntil('never', now)).toBeUndefined();
	});
});
