import { DateTime } from 'luxon';
import { updatedAt, type RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { daysUntil } from '../fields/dates';
import { expirationOf } from '../fields/qualification/recordRow';
import { Fingerprints } from './fingerprints';
import { OVERLAP_MS, readChanges, type Clocks } from './streamReader';
import { RecentSet } from './recent';
import { MAX_STATE_CHARS, type TriggerState } from './state';
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
const EARLIEST_RECORD_TIME = Date.UTC(2010, 0, 1);

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
export async function detectExpiry(
	options: ExpiryOptions,
	previous: TriggerState | undefined,
	streams: RecordStream[],
	clocks: Clocks,
	{ isWatched, wasWatched }: View = ALL,
): Promise<{ due: Due[]; state: Pick<TriggerState, 'readTo' | 'seen' | 'due'> }> {
	const state = previous?.due && previous;
	const isChanged = state !== undefined && state.setting !== options.setting;
	const now = isChanged
		? new Date(clocks.now())
		: notBefore(state?.due?.[0]?.day, clocks.now(), options.zone);
	const today = dayIn(options.zone, now);
	const previousDays = (state?.due ?? []).map(({ day, prints }) => ({
		day,
		prints: Fingerprints.from(prints),
	}));
	const isFull = isChanged || previousDays[0]?.day !== today;
	const from = isFull || !state ? EARLIEST_RECORD_TIME : state.readTo - OVERLAP_MS;
	const { records: read, readTo } = await readChanges(streams, from, clocks);
	const records = read.filter(isWatched);
	const seenBefore = new RecentSet(state);

	const dueToday = isFull ? new Fingerprints() : previousDays[0].prints;
	const emitted: Due[] = [];
	for (const record of records) {
		const key = `${record.id} ${record.expirationDate}`;
		if (record.recordStatus !== 'active') {
			for (const { prints } of previousDays) prints.delete(key);
			continue;
		}
		const due = dueOn(record, options, now);
		if (!due) continue;
		const lastSeenOn = previousDays.find(({ prints }) => prints.has(key))?.day;
		dueToday.add(key);
		const existedBefore =
			isChanged &&
			(!wasWatched(record) ||
				seenBefore.hasSeen(record) ||
				updatedAt(record) < state.readTo - OVERLAP_MS);
		const previousDay = lastSeenOn ?? (existedBefore ? previousDays[0].day : undefined);
		const isReached =
			previousDay === undefined
				? state !== undefined
				: stepOf(due) !== stepOf(dueOn(record, options, noonIn(previousDay, options.zone)));
		if (isReached || (lastSeenOn === undefined && options.includeDue)) emitted.push(due);
	}
	const generations = isFull
		? [{ day: today, prints: dueToday }, ...previousDays.slice(0, 1)]
		: previousDays;
	const recent = new RecentSet();
	for (const record of records)
		if (updatedAt(record) >= readTo - OVERLAP_MS) recent.addSeen(record);
	return {
		due: emitted.sort((a, b) => a.days - b.days),
		state: {
			readTo,
			seen: recent.store({ ...MAX_STATE_CHARS.recent, seen: MAX_STATE_CHARS.seenBesideDue }).seen,
			due: generations.map(({ day, prints }, i) => ({
				day,
				prints: prints.store(MAX_STATE_CHARS.due[i]),
			})),
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

function noonIn(day: string, zone: string): Date {
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
	const daysLeft = expiration && daysUntil(expiration, now, zone);
	if (typeof daysLeft !== 'number') return undefined;
	if (steps === 'expired') return daysLeft < 0 ? { record, days: daysLeft } : undefined;
	const step = Math.min(...steps.filter((ahead) => daysLeft <= ahead));
	return daysLeft >= 0 && Number.isFinite(step) ? { record, days: daysLeft, step } : undefined;
}
