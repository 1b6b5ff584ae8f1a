import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord } from '../../api/types';
import type { Days } from '../days';
import { pairs } from '../entityRow';
import { compact, FlatRow } from '../flatRow';
import { expirationOf } from './recordRow';

/** From good to worst. */
const VERDICTS = ['valid', 'expiring', 'expired', 'missing'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Somebody who has to hold qualifications. */
export interface Holder {
	id: string;
	name: string;
	externalIds: Record<string, string>;
	phone?: string;
	email?: string;
}

/** What somebody has of one required type. */
export interface Holding {
	type: string;
	status: Verdict;
	/** Whole days until it ends; undefined where nothing is there or it lasts for ever. */
	days?: number;
	record?: QualificationRecord;
}

/** Of each owner and type the active record that lasts longest; one without expiration date lasts for ever. */
export class LastingRecords {
	private readonly records = new Map<string, QualificationRecord>();

	constructor(records: Iterable<QualificationRecord>) {
		for (const record of records) {
			if (record.recordStatus !== 'active') continue;
			const key = keyOf(record.owner.id, record.qualificationType.id);
			const known = this.records.get(key);
			if (!known || endOf(record) >= endOf(known)) this.records.set(key, record);
		}
	}

	/** What the owner has of the type. */
	get(ownerId: string, typeId: string): QualificationRecord | undefined {
		return this.records.get(keyOf(ownerId, typeId));
	}
}

/** Rules on one required type. A record is valid on its expiration date itself, and expired the day after. */
export function holdingOf(
	type: string,
	record: QualificationRecord | undefined,
	days: Days,
	within: number,
): Holding {
	if (!record) return { type, status: 'missing' };
	const expiration = expirationOf(record);
	const left = expiration === undefined ? undefined : days.until(expiration);
	if (left === undefined) return { type, status: 'valid', record };
	const status = left < 0 ? 'expired' : left <= within ? 'expiring' : 'valid';
	return { type, status, days: left, record };
}

/** One row an owner and type. */
export function holdingRow(holder: Holder, holding: Holding, days: Days): IDataObject {
	const { type, status, record } = holding;
	const expiration = record && expirationOf(record);
	return compact({
		ownerId: holder.id,
		ownerName: holder.name,
		type,
		status,
		daysUntilExpiration: holding.days,
		expirationDate: expiration && days.date(expiration),
		issueDate: record?.issueDate && days.date(record.issueDate),
		recordId: record?.id,
		...contact(holder),
	});
}

/** One row an owner: the worst of all types as verdict, when the first of them ends, and a column a type. */
export function holderRow(holder: Holder, holdings: Holding[], days: Days): IDataObject {
	const first = holdings
		.filter((holding) => holding.days !== undefined)
		.sort((a, b) => (a.days ?? 0) - (b.days ?? 0))[0];
	const expiration = first?.record && expirationOf(first.record);
	const flat = new FlatRow(
		compact({
			ownerId: holder.id,
			ownerName: holder.name,
			verdict: worst(holdings),
			daysUntilExpiration: first?.days,
			expirationDate: expiration && days.date(expiration),
			...contact(holder),
		}),
	);
	for (const { type, status } of holdings) flat.add(type, status);
	return flat.row;
}

/** The verdict on all of somebody's holdings; valid where nothing is required. */
export function worst(holdings: Holding[]): Verdict {
	return VERDICTS[Math.max(0, ...holdings.map(({ status }) => VERDICTS.indexOf(status)))];
}

function contact({ externalIds, phone, email }: Holder): Record<string, unknown> {
	return { externalIds: pairs(externalIds), phone, email };
}

function endOf(record: QualificationRecord): number {
	const expiration = expirationOf(record);
	return expiration === undefined ? Infinity : Date.parse(expiration);
}

function keyOf(ownerId: string, typeId: string): string {
	return `${ownerId} ${typeId}`;
}
