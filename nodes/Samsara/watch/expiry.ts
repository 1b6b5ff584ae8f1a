import { DateTime } from 'luxon';
import { updatedAt, type RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { daysUntil } from '../fields/dates';
import { expirationOf } from '../fields/qualification/recordRow';
import { Fingerprints } from './fingerprints';
import { OVERLAP_MS, readChanges, type Clocks } from './reading';
import { RecentSet } from './recent';
import { ROOM, type WatchState } from './state';
import { ALL, type View } from './view';

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

/** A clock that is set back further had been far ahead: then its day was wrong. */
const MAX_SET_BACK_MS = 24 * 60 * 60_000;

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
	streams: RecordStream[],
	clocks: Clocks,
	{ isWatched, wasWatched }: View = ALL,
): Promise<{ due: Due[]; state: Pick<WatchState, 'readTo' | 'seen' | 'due'> }> {
	const state = known?.due && known;
	const isChanged = state !== undefined && state.setting !== options.setting;
	const now = isChanged
		? new Date(clocks.now())
		: notBefore(state?.due?.[0]?.day, clocks.now(), options.zone);
	const today = dayIn(options.zone, now);
	const days = (state?.due ?? []).map(({ day, prints }) => ({
		day,
		prints: Fingerprints.from(prints),
	}));
	const isFull = isChanged || days[0]?.day !== today;
	const from = isFull || !state ? EVER : state.readTo - OVERLAP_MS;
	const { records: read, readTo } = await readChanges(streams, from, clocks);
	const records = read.filter(isWatched);
	const seenBefore = new RecentSet(state);

	const kept = isFull ? new Fingerprints() : days[0].prints;
	const told: Due[] = [];
	for (const record of records) {
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
			isChanged &&
			(!wasWatched(record) ||
				seenBefore.hasSeen(record) ||
				updatedAt(record) < state.readTo - OVERLAP_MS);
		const before = noted ?? (wasThere ? days[0].day : undefined);
		const isReached =
			before === undefined
				? state !== undefined
				: stepOf(due) !== stepOf(dueOn(record, options, noonOf(before, options.zone)));
		if (isReached || (noted === undefined && options.includeDue)) told.push(due);
	}
	const generations = isFull ? [{ day: today, prints: kept }, ...days.slice(0, 1)] : days;
	const recent = new RecentSet();
	for (const record of records)
		if (updatedAt(record) >= readTo - OVERLAP_MS) recent.addSeen(record);
	return {
		due: told.sort((a, b) => a.days - b.days),
		state: {
			readTo,
			seen: recent.store({ ...ROOM.recent, seen: ROOM.seenBesideDue }).seen,
			due: generations.map(({ day, prints }, i) => ({ day, prints: prints.store(ROOM.due[i]) })),
		},
	};
}

/** Now; where n8n's clock was set back over midnight, the day that was reached already, for no day comes twice. */
function notBefore(day: string | undefined, now: number, zone: string): Date {
	const reached = day === undefined ? now : DateTime.fromISO(day, { zone }).toMillis();
	return new Date(reached > now && reached - now <= MAX_SET_BACK_MS ? reached : now);
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
