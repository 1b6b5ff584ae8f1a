import { DateTime, Settings } from 'luxon';
import type { DateSettings } from '../../../../nodes/Samsara/fields/dateFormat';
import { dateOnly, toRfc3339 } from '../../../../nodes/Samsara/fields/dates';

const ZONES = ['America/Los_Angeles', 'UTC', 'Pacific/Auckland'];

const settings = (format: DateSettings['format'], zone = 'America/Chicago') => ({ zone, format });

/** The message and description of the refusal. */
function refusal(value: unknown, format?: DateSettings['format']) {
	try {
		toRfc3339(value, 'Issue Date', settings(format));
	} catch (error) {
		const { message, description } = error as Error & { description: string };
		return [message, description];
	}
	throw new Error(`${String(value)} was accepted`);
}

describe.each(ZONES)('in the zone %s', (zone) => {
	it.each([
		['monthFirst', '3/4/2021', '2021-03-04'],
		['monthFirst', '03.04.2021', '2021-03-04'],
		['monthFirst', ' 3-4-2021 ', '2021-03-04'],
		['dayFirst', '3/4/2021', '2021-04-03'],
		['dayFirst', '03.04.2021', '2021-04-03'],
		['dayFirst', '31-12-2027', '2027-12-31'],
		['dayFirst', '29/2/2024', '2024-02-29'],
		['iso', 46418, '2027-01-31'],
		['monthFirst', 46418, '2027-01-31'],
		['dayFirst', '46418', '2027-01-31'],
		['iso', 18264, '1950-01-01'],
		['iso', 91677, '2150-12-31'],
		['monthFirst', '2027-01-31', '2027-01-31'],
		['dayFirst', '2027-01-31T00:00:00Z', '2027-01-31'],
	] as const)('with %s, %s is the day %s', (format, value, day) => {
		expect(dateOnly(value, 'Hire Date', settings(format, zone))).toBe(day);
		expect(toRfc3339(value, 'Issue Date', settings(format, zone))).toBe(`${day}T00:00:00Z`);
	});

	it('a day from the date picker is that day', () => {
		expect(dateOnly('2027-01-31', 'Date of Birth', settings('unset', zone))).toBe('2027-01-31');
		expect(toRfc3339('2027-01-31', 'Issue Date', settings('unset', zone))).toBe(
			'2027-01-31T00:00:00Z',
		);
	});
});

it.each([
	['monthFirst', '3/4/2021 14:30', '2021-03-04T20:30:00Z'],
	['monthFirst', '3/4/2021 2:30:15 PM', '2021-03-04T20:30:15Z'],
	['monthFirst', '3/4/2021, 12:00 am', '2021-03-04T06:00:00Z'],
	['dayFirst', '4.3.2021 12:00 PM', '2021-03-04T18:00:00Z'],
	['iso', 46418.25, '2027-01-31T12:00:00Z'],
] as const)('with %s, %s is read in the zone of the workflow', (format, value, time) => {
	expect(toRfc3339(value, 'Due', settings(format))).toBe(time);
	expect(dateOnly(value, 'Due', settings(format))).toBe(time.slice(0, 10));
});

it.each([
	['2027-01-15T08:30:00Z', '2027-01-15T08:30:00Z'],
	['2027-01-15T08:30', '2027-01-15T14:30:00Z'],
	[Date.UTC(2027, 0, 15, 8, 30), '2027-01-15T08:30:00Z'],
	[new Date('2027-01-15T08:30:00Z'), '2027-01-15T08:30:00Z'],
	[DateTime.fromISO('2027-01-15T08:30:00Z'), '2027-01-15T08:30:00Z'],
])('%s means the same with every format', (value, time) => {
	for (const format of [undefined, 'unset', 'iso', 'monthFirst', 'dayFirst'] as const) {
		expect(toRfc3339(value, 'Issue Date', settings(format))).toBe(time);
	}
});

it.each(['unset', 'iso'] as const)(
	'with %s, the readings of an unclear date are named',
	(format) => {
		expect(refusal('03/04/2021', format)).toEqual([
			"'Issue Date' is '03/04/2021', which can be March 4 or April 3, 2021",
			"Choose the right one in the option 'Date Format', or write 2021-03-04 or 2021-04-03.",
		]);
		expect(refusal('3.3.2021', format)).toEqual([
			"'Issue Date' is '3.3.2021', which can only be March 3, 2021",
			"Choose a format in the option 'Date Format', or write 2021-03-03.",
		]);
		expect(refusal('13/4/2021', format)).toEqual([
			"'Issue Date' is '13/4/2021', which can only be April 13, 2021",
			"Choose 'Day First' in the option 'Date Format', or write 2021-04-13.",
		]);
	},
);

it('names dates in English, whatever language the server has', () => {
	const { defaultLocale } = Settings;
	Settings.defaultLocale = 'de';
	expect(refusal('03/04/2021')[0]).toContain('March 4 or April 3, 2021');
	expect(refusal(46418)[0]).toContain('January 31, 2027');
	Settings.defaultLocale = defaultLocale;
});

it('refuses a date that contradicts the format', () => {
	expect(refusal('13/4/2021', 'monthFirst')).toEqual([
		"'Issue Date' is '13/4/2021', which can only be April 13, 2021",
		"Choose 'Day First' in the option 'Date Format', or write 2021-04-13.",
	]);
	expect(refusal('4/13/2021', 'dayFirst')[1]).toBe(
		"Choose 'Month First' in the option 'Date Format', or write 2021-04-13.",
	);
});

it('says which day the number of a spreadsheet would be', () => {
	expect(refusal(46418, 'unset')).toEqual([
		"'Issue Date' is 46418, which would be January 31, 2027, if it is a day number from a spreadsheet",
		"If so, choose any format in the option 'Date Format', or write 2027-01-31.",
	]);
	expect(refusal('46418')[1]).toBe('Write 2027-01-31 instead.');
});

it('does not mention the option for inputs that do not have it', () => {
	expect(refusal('03/04/2021')[1]).toBe('Write 2021-03-04 or 2021-04-03 instead.');
	expect(refusal('13/04/2021')[1]).toBe('Write 2021-04-13 instead.');
});

it.each(['3-4-21', '03.04.99', '3/4/69'])('refuses %s, whose year has two digits', (value) => {
	for (const format of ['unset', 'iso', 'monthFirst', 'dayFirst'] as const) {
		expect(refusal(value, format)).toEqual([
			`'Issue Date' is '${value}', whose year has only two digits`,
			'Write the year with four digits, like 2027-01-31.',
		]);
	}
});

it.each([
	'32/13/2021',
	'31/2/2021',
	'3/4.2021',
	'3/4/2021 25:00',
	18263,
	91678,
	'7',
	1_768_000_000,
	'January 31, 2027',
])('refuses %s with every format', (value) => {
	for (const format of ['unset', 'iso', 'monthFirst', 'dayFirst'] as const) {
		expect(refusal(value, format)[0]).toMatch(/not a valid date$|can be March 4/);
	}
});
