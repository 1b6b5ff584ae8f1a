import { Days } from '../../../../nodes/Samsara/fields/dates';

/** 21 November in Los Angeles, already the 22nd in UTC and Berlin. */
const now = new Date('2026-11-22T03:00:00Z');

describe('days', () => {
	it.each([
		['America/Los_Angeles', '2026-11-22T00:00:00Z', '2026-11-22', 1],
		['America/Los_Angeles', '2026-11-22T03:30:00Z', '2026-11-21', 0],
		['America/Los_Angeles', '2026-11-20T00:00:00.000Z', '2026-11-20', -1],
		['Europe/Berlin', '2026-11-22T00:00:00Z', '2026-11-22', 0],
		['Europe/Berlin', '2026-11-22T23:30:00Z', '2026-11-23', 1],
		['Pacific/Kiritimati', '2026-11-22T00:00:00+00:00', '2026-11-22', 0],
		['America/New_York', '2027-03-14T00:00:00Z', '2027-03-14', 113],
	])('in %s, %s is %s, %i days from now', (zone, time, date, days) => {
		expect(new Days(now, zone).date(time)).toBe(date);
		expect(new Days(now, zone).until(time)).toBe(days);
	});

	it('does not convert a time of day without a day to the zone, but converts one with a day', () => {
		const days = new Days(now, 'America/Los_Angeles');
		expect(days.timeOfDay('1970-01-01T08:30:00Z')).toBe('08:30');
		expect(days.timeOfDay('2026-11-22T16:30:15Z')).toBe('08:30:15');
	});

	it('returns invalid times unchanged', () => {
		const days = new Days(now, 'utc');
		expect([days.date('soon'), days.timeOfDay('soon'), days.until('soon')]).toEqual([
			'soon',
			'soon',
			undefined,
		]);
	});
});
