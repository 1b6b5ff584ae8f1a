import type { IDataObject } from 'n8n-workflow';
import type { Owner } from '../../api/owners';
import type { QualificationRecord } from '../../api/types';
import type { Days } from '../dates';
import { FlatRow, withNulls } from '../flatRow';
import { contactColumns, expirationOf } from './recordRow';

/** From best to worst. `upcoming`: no record is in effect today, but one takes effect later. */
const VERDICTS = ['valid', 'expiring', 'upcoming', 'expired', 'missing'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** How an owner meets the requirement for one type. */
export interface RequirementStatus {
	type: string;
	status: Verdict;
	/** Days until `record` expires; undefined if there is none or it does not expire. */
	days?: number;
	/** The record in effect or, if it has expired, the last one that was. */
	record?: QualificationRecord;
	/** A record that takes effect after today and lasts longer than `record`. */
	next?: QualificationRecord;
	/** Whether `next` takes effect before `record` has expired, so no action is needed. */
	renewed?: boolean;
}

/**
 * Finds, for each owner and type, the active record that lasts longest among those in effect. A record without an
 * expiration date never expires. A record counts from its issue date on: before that, it does not replace an expired
 * record or fill a gap.
 */
export class LongestLastingRecords {
	private readonly current = new Map<string, QualificationRecord>();

	private readonly next = new Map<string, QualificationRecord>();

	constructor(
		records: Iterable<QualificationRecord>,
		private readonly days: Days,
	) {
		const later: QualificationRecord[] = [];
		for (const record of records) {
			if (record.recordStatus !== 'active') continue;
			if (this.startsIn(record) > 0) {
				later.push(record);
				continue;
			}
			const key = keyOf(record.owner.id, record.qualificationType.id);
			const longest = this.current.get(key);
			if (!longest || expirationTime(record) >= expirationTime(longest))
				this.current.set(key, record);
		}
		for (const record of later) {
			const key = keyOf(record.owner.id, record.qualificationType.id);
			const current = this.current.get(key);
			if (current && expirationTime(record) <= expirationTime(current)) continue;
			const longest = this.next.get(key);
			const sooner = longest ? this.startsIn(record) - this.startsIn(longest) : -1;
			if (sooner < 0 || (sooner === 0 && expirationTime(record) > expirationTime(longest!)))
				this.next.set(key, record);
		}
	}

	get(ownerId: string, typeId: string): Pick<RequirementStatus, 'record' | 'next'> {
		const key = keyOf(ownerId, typeId);
		return { record: this.current.get(key), next: this.next.get(key) };
	}

	/** Days until the record takes effect. A record without a readable issue date is in effect. */
	private startsIn({ issueDate }: QualificationRecord): number {
		return this.days.until(issueDate ?? '') ?? 0;
	}
}

/**
 * Determines the status for one required type. A record is still valid on its expiration date and expired the day after.
 * The status is that of the record in effect, even if a later record follows it.
 */
export function requirementStatus(
	type: string,
	{ record, next }: Pick<RequirementStatus, 'record' | 'next'>,
	days: Days,
	withinDays: number,
): RequirementStatus {
	if (!record) return { type, status: next ? 'upcoming' : 'missing', next };
	const expiration = expirationOf(record);
	const daysLeft = expiration === undefined ? undefined : days.until(expiration);
	if (daysLeft === undefined) return { type, status: 'valid', record, next };
	const status = daysLeft < 0 ? 'expired' : daysLeft <= withinDays ? 'expiring' : 'valid';
	const starts = next && days.until(next.issueDate);
	const renewed = daysLeft >= 0 && starts !== undefined && starts <= daysLeft + 1;
	return { type, status, days: daysLeft, record, next, renewed };
}

/** Whether someone has to act. Not needed for a valid record, or for an expiring one that is renewed without a gap. */
export function needsAction({ status, renewed }: RequirementStatus): boolean {
	return status !== 'valid' && !(status === 'expiring' && renewed === true);
}

/** A row for one owner and type. */
export function requirementRow(
	owner: Owner,
	requirement: RequirementStatus,
	days: Days,
): IDataObject {
	const { type, status, record, next } = requirement;
	const expiration = record && expirationOf(record);
	const nextExpiration = next && expirationOf(next);
	const daysUntilExpiration = requirement.days;
	const row = withNulls({
		ownerName: owner.name,
		type,
		expirationDate: expiration && days.date(expiration),
		daysUntilExpiration,
		issueDate: record?.issueDate && days.date(record.issueDate),
		status,
		nextExpirationDate: nextExpiration && days.date(nextExpiration),
		nextIssueDate: next?.issueDate && days.date(next.issueDate),
		...contact(owner),
		recordId: record?.id,
		nextRecordId: next?.id,
	});
	return { ...row, daysUntilExpiration };
}

/** A row for one owner: the worst status of all types, the date that expires first, and one column per type. */
export function ownerRow(owner: Owner, requirements: RequirementStatus[], days: Days): IDataObject {
	const nextToExpire = requirements
		.filter((requirement) => requirement.days !== undefined)
		.sort((a, b) => (a.days ?? 0) - (b.days ?? 0))[0];
	const expiration = nextToExpire?.record && expirationOf(nextToExpire.record);
	const daysUntilExpiration = nextToExpire?.days;
	const first = withNulls({
		ownerName: owner.name,
		expirationDate: expiration && days.date(expiration),
		daysUntilExpiration,
		verdict: overallVerdict(requirements),
	});
	const last = withNulls(contact(owner));
	const flat = new FlatRow({ ...first, daysUntilExpiration }, new Set(Object.keys(last)));
	for (const { type, status } of requirements) flat.add(type, status);
	return Object.assign(flat.row, last);
}

/** The worst status; valid if nothing is required. */
function overallVerdict(requirements: RequirementStatus[]): Verdict {
	return VERDICTS[Math.max(0, ...requirements.map(({ status }) => VERDICTS.indexOf(status)))];
}

function contact(owner: Owner): Record<string, unknown> {
	const columns = contactColumns(owner);
	return {
		// The names of the contact columns in version 1.0.0.
		phone: columns.ownerPhone,
		email: columns.ownerEmail,
		externalIds: columns.ownerExternalIds,
		ownerType: owner.entityType,
		ownerId: owner.id,
		...columns,
	};
}

function expirationTime(record: QualificationRecord): number {
	const expiration = expirationOf(record);
	return expiration === undefined ? Infinity : Date.parse(expiration);
}

function keyOf(ownerId: string, typeId: string): string {
	return `${ownerId} ${typeId}`;
}
