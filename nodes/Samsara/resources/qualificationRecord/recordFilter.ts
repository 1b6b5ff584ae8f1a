import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord } from '../../api/types';
import type { Days } from '../../fields/days';
import { expirationOf } from '../../fields/qualification/recordRow';
import { Refusal } from '../../refusal';
import { toList } from '../../toList';
import { toNumber } from '../../toNumber';
import { toText } from '../../toText';

const STATUSES = ['active', 'archived', 'deleted'];

const DEFAULT_DAYS = 30;

/**
 * What Samsara's stream cannot filter: status and expiration. Without a status, active and archived records pass.
 *
 * @throws Refusal for a status, an expiration or a number of days that is none
 */
export function recordFilter(
	filters: IDataObject,
	days: Days,
): (record: QualificationRecord) => boolean {
	const statuses = new Set(readStatuses(filters.status));
	const due = dueFilter(filters, days);
	return (record) => statuses.has(record.recordStatus) && due(record);
}

function readStatuses(given: unknown): string[] {
	const chosen = toList(given).map((status) => status.toLowerCase());
	const unknown = chosen.find((status) => !STATUSES.includes(status));
	if (unknown !== undefined)
		throw new Refusal(`'Status' is '${unknown}'`, `Choose from ${STATUSES.join(', ')}.`);
	return chosen.length === 0 ? ['active', 'archived'] : chosen;
}

function dueFilter(filters: IDataObject, days: Days): (record: QualificationRecord) => boolean {
	const expiry =
		filters.expiry ?? (filters.expiringWithinDays === undefined ? 'any' : 'expiringWithin');
	const left = (record: QualificationRecord) => {
		const expiration = expirationOf(record);
		return expiration === undefined ? undefined : days.until(expiration);
	};
	switch (expiry) {
		case 'any':
			return () => true;
		case 'expired':
			return (record) => (left(record) ?? 0) < 0;
		case 'expiringWithin': {
			const within = daysAhead(filters.expiringWithinDays, 'Expiring Within Days');
			return (record) => {
				const count = left(record);
				return count !== undefined && count >= 0 && count <= within;
			};
		}
		default:
			throw new Refusal(
				`'Expiration' is '${toText(expiry)}'`,
				'Choose any, expiringWithin or expired.',
			);
	}
}

/** A number of days from now: whole, 0 or more; 30 where none is given. @throws Refusal */
export function daysAhead(given: unknown, label: string): number {
	const count = given === undefined || given === '' ? DEFAULT_DAYS : toNumber(given);
	if (!Number.isInteger(count) || count < 0) {
		throw new Refusal(
			`'${label}' is '${toText(given)}'`,
			`Give '${label}' a whole number of days.`,
		);
	}
	return count;
}
