import { clock } from '../api/clock';
import { NewestRecords, readStream, type RecordStream } from '../api/streamReader';
import { latestChange, mergeIntervals, type Interval } from '../api/timeWindows';
import type { OwnerEntityType, QualificationRecord } from '../api/types';

/**
 * How far a poll reads back behind the end of the poll before, for records that appear late. Measured by Samsara's clock
 * alone, because n8n's may be wrong or be changed.
 */
export const OVERLAP_MS = 10 * 60_000;

const SHORT_MS = 60_000;

/** Times in milliseconds since 1970. */
export interface Clocks {
	/** n8n's clock. */
	now: () => number;
	/** Samsara's clock at its latest response; undefined if unknown. */
	samsara: () => number | undefined;
	/** Converts a time on n8n's clock to Samsara's, if it is known. */
	samsaraTime?: (time: number) => number | undefined;
	/** Whether the poll should end soon. */
	isTimeUp?: () => boolean;
}

/**
 * What is left for the next poll, because n8n gives a poll only so much time: intervals by stream, of which the last one is to
 * be read up to the present. JSON stores its end as null.
 */
export interface UnreadParts {
	worker?: StoredInterval[];
	asset?: StoredInterval[];
	/** What `readTo` is to be once everything has been read. */
	readTo: number;
}

type StoredInterval = Omit<Interval, 'to'> & { to: number | null };

/**
 * Reads everything that has changed since a time in all streams, each record in its newest version. The result may include
 * other records that the reader came across.
 *
 * @param left what the last poll left unread; this poll goes on from there
 * @returns `readTo`: everything that changed before this time by Samsara's clock was read. At least `from` plus the overlap,
 * and not more as long as something is unread.
 */
export async function readChanges(
	streams: RecordStream[],
	from: number,
	{ now, samsara, ...options }: Clocks,
	left?: UnreadParts,
): Promise<{ records: QualificationRecord[]; readTo: number; unread?: UnreadParts }> {
	const newest = new NewestRecords(({ record }) => record);
	const startedAt = clock.monotonic();
	let isSettled = true;
	const unread = new Map<OwnerEntityType, Interval[]>();
	const toRead = streams.map((stream) => ({
		stream,
		intervals: (left?.[stream.entityType] ?? [{ from, to: null }]).map((part) => ({
			...part,
			to: part.to ?? Infinity,
		})),
	}));
	// The stream that is furthest behind comes first, and in each of them the present.
	toRead.sort((a, b) => a.intervals[0].from - b.intervals[0].from);
	for (const { stream, intervals } of toRead) {
		const result = await readStream(stream, newest, intervals.reverse(), now, options);
		isSettled &&= result.isSettled;
		if (result.unread.length > 0) unread.set(stream.entityType, result.unread);
	}
	const records = newest.list();
	const latest = latestChange(records, samsara() ?? -Infinity);
	// What changed in the first stream while the others were read is missing. The overlap covers that if it took a short time.
	const lag = Math.max(0, clock.monotonic() - startedAt - SHORT_MS);
	const earliest = from + OVERLAP_MS;
	const reached = isSettled ? Math.max(earliest, latest - lag) : earliest;
	if (unread.size === 0)
		return { records, readTo: Math.max(earliest, Math.min(reached, left?.readTo ?? Infinity)) };
	const parts = streams.map(({ entityType }) => [
		entityType,
		mergeIntervals([...(unread.get(entityType) ?? []), { from: reached, to: Infinity }]),
	]);
	const unreadParts = { ...Object.fromEntries(parts), readTo: left?.readTo ?? reached };
	return { records, readTo: earliest, unread: unreadParts as UnreadParts };
}
