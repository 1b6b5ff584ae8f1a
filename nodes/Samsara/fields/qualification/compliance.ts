import type { IDataObject } from 'n8n-workflow';
import type { Owner } from '../../api/owners';
import type { QualificationRecord, QualificationType } from '../../api/types';
import type { Days } from '../dates';
import { FlatRow, withNulls } from '../flatRow';
import { contactColumns, expirationOf } from './recordRow';

/**
 * From best to worst. `pending`: missing, but the grace period has not passed. `upcoming`: no record is in effect today, but
 * one takes effect later. `noRole`: nothing is required, because no role applies.
 */
const VERDICTS = [
	'valid',
	'expiring',
	'pending',
	'upcoming',
	'expired',
	'missing',
	'noRole',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** A type that is required, and the names of the roles that require it, if there are roles. */
export interface Requirement {
	type: Pick<QualificationType, 'id' | 'name'>;
	roles?: string[];
}

/** How an owner meets the requirement for one type; no type if no role applies. */
export interface RequirementStatus extends Partial<Requirement> {
	status: Verdict;
	/** The last day on which it is pending, or null if it is not; undefined without a grace period. */
	pendingUntil?: string | null;
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
 *
 * @param pendingUntil the last day on which a missing record is pending
 */
export function requirementStatus(
	{ record, next }: Pick<RequirementStatus, 'record' | 'next'>,
	days: Days,
	withinDays: number,
	pendingUntil?: string,
): RequirementStatus {
	if (!record && next) return { status: 'upcoming', next };
	if (!record) {
		const isPending = pendingUntil !== undefined && (days.until(pendingUntil) ?? -1) >= 0;
		return isPending ? { status: 'pending', pendingUntil } : { status: 'missing' };
	}
	const expiration = expirationOf(record);
	const daysLeft = expiration === undefined ? undefined : days.until(expiration);
	if (daysLeft === undefined) return { status: 'valid', record, next };
	const status = daysLeft < 0 ? 'expired' : daysLeft <= withinDays ? 'expiring' : 'valid';
	const starts = next && days.until(next.issueDate);
	const renewed = daysLeft >= 0 && starts !== undefined && starts <= daysLeft + 1;
	return { status, days: daysLeft, record, next, renewed };
}

/**
 * Whether someone has to act. Not needed for a valid record, for an expiring one that is renewed without a gap, or in the
 * grace period.
 */
export function needsAction({ status, renewed }: RequirementStatus): boolean {
	return status !== 'valid' && status !== 'pending' && !(status === 'expiring' && renewed === true);
}

/** A row for one owner and type. */
export function requirementRow(
	owner: Owner,
	requirement: RequirementStatus,
	days: Days,
): IDataObject {
	const { type, roles, status, pendingUntil, record, next } = requirement;
	const expiration = record && expirationOf(record);
	const nextExpiration = next && expirationOf(next);
	const daysUntilExpiration = requirement.days;
	const row = withNulls({
		ownerName: owner.name,
		type: type?.name,
		expirationDate: expiration && days.date(expiration),
		daysUntilExpiration,
		issueDate: record?.issueDate && days.date(record.issueDate),
		status,
		...(roles && { roles: roles.join(', ') }),
		...(pendingUntil !== undefined && { pendingUntil }),
		nextExpirationDate: nextExpiration && days.date(nextExpiration),
		nextIssueDate: next?.issueDate && days.date(next.issueDate),
		...contact(owner),
		recordId: record?.id,
		nextRecordId: next?.id,
	});
	return { ...row, daysUntilExpiration };
}

/**
 * A row for one owner: the worst status of all types, the date that expires first, and one column per type.
 *
 * @param types the types that have a column; it is null if the owner need not have the type
 */
export function ownerRow(
	owner: Owner,
	types: Array<Requirement['type']>,
	requirements: RequirementStatus[],
	days: Days,
): IDataObject {
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
		...rolesAndGrace(requirements),
	});
	const last = withNulls(contact(owner));
	const flat = new FlatRow({ ...first, daysUntilExpiration }, new Set(Object.keys(last)));
	const statuses = new Map(requirements.map(({ type, status }) => [type?.id, status]));
	for (const { id, name } of types) flat.add(name, statuses.get(id) ?? null);
	return Object.assign(flat.row, last);
}

function rolesAndGrace(requirements: RequirementStatus[]): IDataObject {
	const hasRoles = requirements.some(({ roles }) => roles);
	const roles = new Set(requirements.flatMap((requirement) => requirement.roles ?? []));
	const dates = requirements.map(({ pendingUntil }) => pendingUntil);
	return {
		...(hasRoles && { roles: [...roles].join(', ') }),
		...(dates.some((date) => date !== undefined) && { pendingUntil: dates.find(Boolean) ?? null }),
	};
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
