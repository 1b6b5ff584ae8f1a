import { DateTime } from 'luxon';
import { daysUntil } from './dates';

/** How a date without a time is sent. Most dates are such, so they are read without a date library. */
const MIDNIGHT_UTC = /^(\d{4}-\d{2}-\d{2})T00:00:00(\.0+)?(Z|\+00:00)$/;

/**
 * Converts Samsara's times to calendar dates in one time zone, fast enough for 100,000 records. As in `daysUntil`, midnight
 * UTC is the same date in every zone; any other time is converted to the zone.
 */
export class Days {
	constructor(
		private readonly now: Date,
		private readonly zone: string,
	) {}

	/** A date like `2027-01-15`. Text that is not a valid time is returned unchanged. */
	date(time: string): string {
		const midnight = MIDNIGHT_UTC.exec(time);
		return midnight
			? midnight[1]
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
		return daysUntil(time, this.now, this.zone);
	}
}
