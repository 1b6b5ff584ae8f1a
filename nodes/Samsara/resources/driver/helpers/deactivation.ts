import { DateTime } from 'luxon';
import { clock } from '../../../api/clock';
import { InvalidInputError } from '../../../common/errors';

/** How far back Samsara takes the time of a deactivation. */
const MONTHS_BACK = 6;

/** @throws InvalidInputError for a time of deactivation that Samsara does not take */
export function requireDeactivation(driver: object): void {
	const { driverActivationStatus: status, deactivatedAtTime: time } = driver as {
		driverActivationStatus?: string;
		deactivatedAtTime?: string;
	};
	if (time === undefined) return;
	if (status === 'active') {
		throw new InvalidInputError(
			"'Deactivated At' is filled in, but 'Status' is Active",
			"Remove 'Deactivated At', or set 'Status' to Deactivated.",
		);
	}
	if (DateTime.fromISO(time) < DateTime.fromMillis(clock.now()).minus({ months: MONTHS_BACK })) {
		throw new InvalidInputError(
			`'Deactivated At' is ${time}, which is more than ${MONTHS_BACK} months ago`,
			`Samsara takes a time of the last ${MONTHS_BACK} months. Give a later one, or leave it out.`,
		);
	}
}
