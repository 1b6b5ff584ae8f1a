import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord } from '../../../api/types';
import type { Days } from '../../../fields/days';
import { expirationOf } from '../../../fields/qualification/recordRow';
import { InvalidInputError } from '../../../common/errors';
import { toList } from '../../../common/toList';
import { toNumber } from '../../../common/toNumber';
import { toText } from '../../../common/toText';

const STATUSES = ['active', 'archived', 'deleted'];

const DEFAULT_DAYS = 30;

/**
 * What Samsara's stream cannot filter: status and expiration. Without a status, active and archived records pass.
 *
 * @throws InvalidInputError for a status, an expiration or a number of days that is none
 */
export function recordFilter(
	filters: IDataObject,
	days: Days,
): (record: QualificationRecord) => boolean {
	const statuses = new Set(readStatuses(filters.status));
	const due = dueFilter(filters, days);
	return (record) => statuses.has(record.recordStatus) && due(record);
}

function readStatuses(input: unknown): string[] {
	const statuses = toList(input).map((status) => status.toLowerCase());
	const invalid = statuses.find((status) => !STATUSES.includes(status));
	if (invalid !== undefined)
		throw new InvalidInputError(`'Status' is '${invalid}'`, `Choose from ${STATUSES.join(', ')}.`);
	return statuses.length === 0 ? ['active', 'archived'] : statuses;
}

function dueFilter(filters: IDataObject, days: Days): (record: QualificationRecord) => boolean {
	const expiry =
		filters.expiry ?? (filters.expiringWithinDays === undefined ? 'any' : 'expiringWithin');
	const daysLeft = (record: QualificationRecord) => {
		const expiration = expirationOf(record);
		return expiration === undefined ? undefined : days.until(expiration);
	};
	switch (expiry) {
		case 'any':
			return () => true;
		case 'expired':
			return (record) => (daysLeft(record) ?? 0) < 0;
		case 'expiringWithin': {
			const withinDays = readDaysAhead(filters.expiringWithinDays, 'Expiring Within Days');
			return (record) => {
				const count = daysLeft(record);
				return count !== undefined && count >= 0 && count <= withinDays;
			};
		}
		default:
			throw new InvalidInputError(
				`'Expiration' is '${toText(expiry)}'`,
				'Choose any, expiringWithin or expired.',
			);
	}
}

/** A number of days from now: whole, 0 or more; 30 where none is given. @throws InvalidInputError */
export function readDaysAhead(input: unknown, label: string): number {
	const count = input === undefined || input === '' ? DEFAULT_DAYS : toNumber(input);
	if (!Number.isInteger(count) || count < 0) {
		throw new InvalidInputError(
			`'${label}' is '${toText(input)}'`,
			`Give '${label}' a whole number of days.`,
		);
	}
	return count;
}
