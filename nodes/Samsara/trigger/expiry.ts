import { DateTime } from 'luxon';
import { EARLIEST_RECORD_TIME } from '../api/qualifications';
import type { RecordStream } from '../api/streamReader';
import { updatedAt } from '../api/timeWindows';
import type { QualificationRecord } from '../api/types';
import { daysUntil } from '../fields/dates';
import { expirationOf } from '../fields/qualification/recordRow';
import { Fingerprints } from './fingerprints';
import { OVERLAP_MS, readChanges, type Clocks } from './readChanges';
import { RecentRecords } from './recentRecords';
import { hasTimes, MAX_STATE_CHARS, type TriggerState } from './state';
import type { WatchFilter } from './watchFilter';

export interface DueRecord {
	record: QualificationRecord;
	/** Whole days until expiration; negative once expired. */
	days: number;
	/** The step that was reached, in days before expiration; undefined for expired. */
	step?: number;
}

export interface ExpiryOptions {
	/** Days before expiration at which a record is emitted; `'expired'` emits records that have expired. */
	steps: number[] | 'expired';
	/** The workflow's time zone, in which days are counted. */
	zone: string;
	/** Whether to emit records that are already due when the trigger starts or when its settings change. */
	includeDue: boolean;
	/** Identifies the records that are watched. When it changes, all records are read again. */
	selectionKey: string;
}

/** A clock that is set back further than this had been far ahead, so its day was wrong. */
const MAX_SET_BACK_MS = 24 * 60 * 60_000;

/**
 * Detects the active records that have reached a step (or expired) since the last poll, soonest first. Each step is
 * emitted once per record and expiration date; if several steps were passed, only the nearest one is. A record starts over
 * with a new expiration date, and when it becomes active again. Records that are watched only since the settings were
 * changed are treated like those that exist at the start.
 *
 * A poll reads what changed since the last one. The first poll of a day reads all records. The fingerprints of the last
 * such reading show which records were due on its day, and their dates tell at which step, so the state does not grow in
 * a pause of a week or with 100,000 records. The reading before that is kept too, because a record that is being changed
 * while all are read may be missing from one of them.
 */
export async function detectExpiry(
	options: ExpiryOptions,
	previous: TriggerState | undefined,
	streams: RecordStream[],
	clocks: Clocks,
	{ isWatched, wasWatched }: WatchFilter,
): Promise<{
	due: DueRecord[];
	state: Pick<TriggerState, 'readTo' | 'seen' | 'due' | 'backlog'>;
}> {
	const state = previous?.due && previous;
	const isChanged = state !== undefined && state.setting !== options.selectionKey;
	const left = isChanged ? undefined : state?.backlog;
	const now = isChanged
		? new Date(clocks.now())
		: currentTime(state?.due?.[0]?.day, clocks.now(), options.zone, left !== undefined);
	const today = dayIn(options.zone, now);
	const previousDays = (state?.due ?? []).map(({ day, prints }) => ({
		day,
		prints: Fingerprints.from(prints),
	}));
	const isFull = isChanged || previousDays[0]?.day !== today;
	const isDated = state !== undefined && hasTimes(state);
	const start = Date.parse(EARLIEST_RECORD_TIME);
	const from = isFull || !isDated ? start : state.readTo - OVERLAP_MS;
	const {
		records: found,
		readTo,
		unread,
	} = await readChanges(streams, from, clocks, isDated ? left?.unread : undefined);
	const readBefore = isDated
		? (state.backlog?.unread.readTo ?? state.readTo) - OVERLAP_MS
		: Infinity;
	const records = found.filter(isWatched);
	const seenBefore = new RecentRecords(state);

	// A reading of all records that is unfinished does not tell which of the others were due on its day.
	const isUnfinished = state?.backlog !== undefined && !(state.readTo > start + OVERLAP_MS);
	const finishedDay =
		(isUnfinished && (state.backlog?.baseline?.day ?? previousDays[1]?.day)) ||
		previousDays[0]?.day;
	const dueToday = isFull ? new Fingerprints() : previousDays[0].prints;
	const emitted: DueRecord[] = [];
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
			(!wasWatched(record) || seenBefore.hasSeen(record) || !(updatedAt(record) >= readBefore));
		const isOld = !(updatedAt(record) >= (left?.baseline?.time ?? -Infinity));
		const previousDay =
			lastSeenOn ?? (existedBefore ? finishedDay : isOld ? left?.baseline?.day : undefined);
		const isReached =
			previousDay === undefined
				? state !== undefined
				: stepOf(due) !== stepOf(dueOn(record, options, noonIn(previousDay, options.zone)));
		if (isReached || (lastSeenOn === undefined && options.includeDue)) emitted.push(due);
	}
	const dueDays = isFull
		? [{ day: today, prints: dueToday }, ...previousDays.slice(0, 1)]
		: previousDays;
	const recent = new RecentRecords();
	for (const record of records)
		if (updatedAt(record) >= (unread?.readTo ?? readTo) - OVERLAP_MS) recent.addSeen(record);
	const baselineDay = isChanged ? finishedDay : state ? undefined : today;
	const backlog = unread && {
		unread,
		baseline: baselineDay
			? { time: clocks.samsara() ?? clocks.now(), day: baselineDay }
			: left?.baseline,
	};
	const maxChars = backlog ? MAX_STATE_CHARS.unfinishedDue : MAX_STATE_CHARS.due;
	return {
		due: emitted.sort((a, b) => a.days - b.days),
		state: {
			readTo,
			backlog,
			seen: recent.store({ ...MAX_STATE_CHARS.recent, seen: MAX_STATE_CHARS.seenBesideDue }).seen,
			due: dueDays.map(({ day, prints }, i) => ({
				day,
				prints: prints.store(maxChars[i]),
			})),
		},
	};
}

/**
 * Now, or the start of the last polled day if n8n's clock was set back past midnight, because no day may come twice. While a
 * day's reading is unfinished, that day goes on.
 */
function currentTime(
	lastDay: string | undefined,
	now: number,
	zone: string,
	isUnfinished: boolean,
): Date {
	if (lastDay !== undefined && isUnfinished && dayIn(zone, new Date(now)) > lastDay)
		return noonIn(lastDay, zone);
	const reached = lastDay === undefined ? now : DateTime.fromISO(lastDay, { zone }).toMillis();
	return new Date(reached > now && reached - now <= MAX_SET_BACK_MS ? reached : now);
}

function dayIn(zone: string, time: Date): string {
	return DateTime.fromJSDate(time).setZone(zone).toFormat('yyyy-MM-dd');
}

function noonIn(day: string, zone: string): Date {
	return DateTime.fromISO(`${day}T12:00`, { zone }).toJSDate();
}

function stepOf(due?: DueRecord): number | 'expired' | undefined {
	return due && (due.step ?? 'expired');
}

/** How a record is due at a time: the nearest step that it has reached; undefined if it is not due. */
function dueOn(
	record: QualificationRecord,
	{ steps, zone }: ExpiryOptions,
	now: Date,
): DueRecord | undefined {
	const expiration = expirationOf(record);
	const daysLeft = expiration && daysUntil(expiration, now, zone);
	if (typeof daysLeft !== 'number') return undefined;
	if (steps === 'expired') return daysLeft < 0 ? { record, days: daysLeft } : undefined;
	const step = Math.min(...steps.filter((ahead) => daysLeft <= ahead));
	return daysLeft >= 0 && Number.isFinite(step) ? { record, days: daysLeft, step } : undefined;
}
