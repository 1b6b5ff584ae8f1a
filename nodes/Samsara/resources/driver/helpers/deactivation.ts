import { DateTime } from 'luxon';
import { clock } from '../../../api/clock';
import { InvalidInputError } from '../../../common/errors';

/** How far back a deactivation may be dated. */
const MONTHS_BACK = 6;

/** @throws InvalidInputError for a time of deactivation that Samsara does not accept */
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
			`Samsara accepts a time within the last ${MONTHS_BACK} months. Enter a later time, or leave it out.`,
		);
	}
}
