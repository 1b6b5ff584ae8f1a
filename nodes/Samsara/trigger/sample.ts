import { clock, END_AHEAD_MS } from '../api/clock';
import type { RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { InvalidInputError } from '../common/errors';
import { DAY_MS, Days } from '../fields/dates';
import { expirationOf } from '../fields/qualification/recordRow';
import type { TriggerEvent, TriggerSettings } from './settings';
import type { WatchFilter } from './watchFilter';

/** How many days back to look for a sample. Each window ends where the one before began. */
const WINDOWS_DAYS = [1, 30, 365, 20 * 365];

/**
 * Finds a record for a test in the editor: one that fits the event, or else any record. For Record Expiring, it is the next
 * one to expire, at the step it has reached or will reach first.
 *
 * @throws InvalidInputError if there is no record
 */
export async function findSample(
	{ event, zone, steps }: TriggerSettings,
	streams: RecordStream[],
	{ isWatched }: WatchFilter,
): Promise<{ record: QualificationRecord; step?: number }> {
	const now = clock.now();
	const days = new Days(new Date(now), zone);
	const daysLeft = (record: QualificationRecord) => days.until(expirationOf(record) ?? '');
	const isDue = (record: QualificationRecord) =>
		steps.some((step) => (daysLeft(record) ?? Infinity) <= step);
	const sampleOf = (record: QualificationRecord) =>
		event === 'recordExpiring'
			? { record, step: nearestStep(steps, daysLeft(record)) }
			: { record };
	const fitting: QualificationRecord[] = [];
	let anyRecord: QualificationRecord | undefined;
	let to = now + END_AHEAD_MS;
	for (const windowDays of WINDOWS_DAYS) {
		const from = now - windowDays * DAY_MS;
		let latest: QualificationRecord | undefined;
		for (const readPages of streams.flatMap(({ parts }) => parts)) {
			for await (const { rows } of readPages(from, to)) {
				const watched = rows.filter(isWatched);
				latest = watched.at(-1) ?? latest;
				fitting.push(...watched.filter((record) => fits(event, record, days)));
			}
		}
		const best = event === 'recordExpiring' ? nextToExpire(fitting) : fitting.at(-1);
		if (best && (event !== 'recordExpiring' || isDue(best))) return sampleOf(best);
		anyRecord ??= latest;
		to = from;
	}
	const fallback = nextToExpire(fitting) ?? anyRecord;
	if (fallback) return sampleOf(fallback);
	throw new InvalidInputError(
		'Samsara has no matching qualification record to use as a sample',
		'Change the filters, or create a qualification record in Samsara. An active workflow does not need a sample.',
	);
}

function fits(event: TriggerEvent, record: QualificationRecord, days: Days): boolean {
	const daysLeft = days.until(expirationOf(record) ?? '');
	if (event === 'recordArchived') return record.recordStatus === 'archived';
	if (event === 'recordDeleted') return record.recordStatus === 'deleted';
	if (record.recordStatus !== 'active') return false;
	if (event === 'recordExpiring') return daysLeft !== undefined && daysLeft >= 0;
	return event !== 'recordExpired' || (daysLeft !== undefined && daysLeft < 0);
}

function nearestStep(steps: number[], daysLeft = 0): number {
	const reached = steps.filter((step) => daysLeft <= step);
	return reached.length > 0 ? Math.min(...reached) : Math.max(...steps);
}

function nextToExpire(records: QualificationRecord[]): QualificationRecord | undefined {
	const expiresAt = (record: QualificationRecord) => Date.parse(expirationOf(record) ?? '');
	return [...records].sort((a, b) => expiresAt(a) - expiresAt(b))[0];
}
