import { DateTime } from 'luxon';
import { clock } from '../../../api/clock';
import { InvalidInputError } from '../../../common/errors';
import { readableTime } from '../../../fields/dates';
import type { EntityFields } from '../../shared/entityFields';

/** How far back a deactivation may be dated. */
const MONTHS_BACK = 6;

/** @throws InvalidInputError for a username or a time of deactivation that Samsara does not accept */
export function validateDriver({
	username,
	driverActivationStatus,
	deactivatedAtTime: time,
}: EntityFields): void {
	if (typeof username === 'string' && /[\s@]/.test(username)) {
		throw new InvalidInputError(
			`'Username' is '${username}', but cannot contain spaces or @`,
			'Use letters, digits, periods, and hyphens.',
		);
	}
	if (typeof time !== 'string') return;
	if (driverActivationStatus === 'active') {
		throw new InvalidInputError(
			"'Deactivated At' is filled in, but 'Status' is Active",
			"Remove 'Deactivated At', or set 'Status' to Deactivated.",
		);
	}
	if (DateTime.fromISO(time) < DateTime.fromMillis(clock.now()).minus({ months: MONTHS_BACK })) {
		throw new InvalidInputError(
			`'Deactivated At' is ${readableTime(time)}, which is more than ${MONTHS_BACK} months ago`,
			`Samsara accepts a time within the last ${MONTHS_BACK} months. Enter a later time, or leave it out.`,
		);
	}
}
