import { DateTime } from 'luxon';
import type { QualificationRecord } from '../api/types';
import { daysUntil } from '../fields/dates';
import { expirationOf } from '../fields/qualification/recordRow';
import { OVERLAP_MS } from './changes';
import { Fingerprints } from './fingerprints';
import { readWindows, type ReadStream } from './reading';
import { ROOM, type WatchState } from './state';

export interface Due {
	record: QualificationRecord;
	/** Whole days until expiration; negative once expired. */
	days: number;
	/** The step that fired, in days ahead; undefined for expired. */
	step?: number;
}

export interface ExpiryOptions {
	/** Days ahead at which a record is told; `'expired'` tells records that have expired. */
	steps: number[] | 'expired';
	/** The workflow's time zone, in which days are counted. */
	zone: string;
	/** Whether what is due already when the trigger starts, or comes in by another setting, is told. */
	includeDue: boolean;
	/** All that decides which records are watched; when it changes, everything is read again. */
	setting: string;
}

/** The stream begins here when everything is read: before Samsara had qualification records. */
const EVER = Date.UTC(2010, 0, 1);

/**
 * The active records that have come to a step (or expired) since the last poll, soonest first. Each step is told once
 * a record and expiration date, at the nearest step where several were passed; a renewed date starts over, and so does
 * a record that was seen out of force (archived, deleted). When the setting changes, records that only now come into
 * it are passed over like those at the start.
 *
 * A poll reads what changed since the last one. On a new day everything is read once: what was due on the day of the
 * last reading is known by its fingerprint, and its step then follows from the date, so that neither a week's pause nor
 * 100,000 records make the state larger. The reading before that is kept as well, for a record that is being changed
 * while all are read may be missing in one of them.
 */
export async function tellExpiry(
	options: ExpiryOptions,
	known: WatchState | undefined,
	streams: ReadStream[],
	clock: () => number,
): Promise<{ due: Due[]; state: Pick<WatchState, 'readTo' | 'due'> }> {
	const state = known?.due && known;
	const isChanged = state !== undefined && state.setting !== options.setting;
	const now = new Date(clock());
	const today = dayIn(options.zone, now);
	const days = (state?.due ?? []).map(({ day, prints }) => ({
		day,
		prints: Fingerprints.from(prints),
	}));
	const isFull = isChanged || days[0]?.day !== today;
	const from = isFull || !state ? EVER : state.readTo - OVERLAP_MS;
	const { records, to } = await readWindows(streams, from, OVERLAP_MS, clock);

	const kept = isFull ? new Fingerprints() : days[0].prints;
	const told: Due[] = [];
	for (const record of records.values()) {
		const key = `${record.id} ${record.expirationDate}`;
		if (record.recordStatus !== 'active') {
			for (const { prints } of days) prints.delete(key);
			continue;
		}
		const due = dueOn(record, options, now);
		if (!due) continue;
		const noted = days.find(({ prints }) => prints.has(key))?.day;
		kept.add(key);
		const wasThere =
			state !== undefined && isChanged && updatedAt(record) < state.readTo - OVERLAP_MS;
		const before = noted ?? (wasThere ? days[0].day : undefined);
		const isReached =
			before === undefined
				? state !== undefined
				: stepOf(due) !== stepOf(dueOn(record, options, noonOf(before, options.zone)));
		if (isReached || (noted === undefined && options.includeDue)) told.push(due);
	}
	const generations = isFull ? [{ day: today, prints: kept }, ...days.slice(0, 1)] : days;
	return {
		due: told.sort((a, b) => a.days - b.days),
		state: {
			readTo: to,
			due: generations.map(({ day, prints }, i) => ({ day, prints: prints.store(ROOM[i]) })),
		},
	};
}

function dayIn(zone: string, time: Date): string {
	return DateTime.fromJSDate(time).setZone(zone).toFormat('yyyy-MM-dd');
}

function noonOf(day: string, zone: string): Date {
	return DateTime.fromISO(`${day}T12:00`, { zone }).toJSDate();
}

function stepOf(due?: Due): number | 'expired' | undefined {
	return due && (due.step ?? 'expired');
}

function updatedAt(record: QualificationRecord): number {
	return Date.parse(record.updatedAtTime);
}

/** Whether a record is due at a moment, and at which step: the nearest one that it has come to. */
function dueOn(
	record: QualificationRecord,
	{ steps, zone }: ExpiryOptions,
	now: Date,
): Due | undefined {
	const expiration = expirationOf(record);
	const days = expiration && daysUntil(expiration, now, zone);
	if (typeof days !== 'number') return undefined;
	if (steps === 'expired') return days < 0 ? { record, days } : undefined;
	const step = Math.min(...steps.filter((ahead) => days <= ahead));
	return days >= 0 && Number.isFinite(step) ? { record, days, step } : undefined;
}
