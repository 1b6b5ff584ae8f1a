import { clock } from '../api/clock';
import { NewestRecords, readStream, type RecordStream } from '../api/streamReader';
import { updatedAt } from '../api/timeWindows';
import type { QualificationRecord } from '../api/types';

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
}

/**
 * Reads everything that has changed since a time in all streams, each record in its newest version. The result may include
 * other records that the reader came across.
 *
 * @returns `readTo`: everything that changed before this time by Samsara's clock was read. At least `from` plus the overlap.
 */
export async function readChanges(
	streams: RecordStream[],
	from: number,
	{ now, samsara }: Clocks,
): Promise<{ records: QualificationRecord[]; readTo: number }> {
	const newest = new NewestRecords();
	const startedAt = clock.monotonic();
	let isComplete = true;
	for (const stream of streams)
		isComplete = (await readStream(stream, newest, { from }, now)) && isComplete;
	const records = newest.list();
	if (!isComplete) return { records, readTo: from + OVERLAP_MS };
	const latest = records.reduce(
		(time, record) => Math.max(time, updatedAt(record)),
		samsara() ?? -Infinity,
	);
	// What changed in the first stream while the others were read is missing. The overlap covers that if it took a short time.
	const lag = Math.max(0, clock.monotonic() - startedAt - SHORT_MS);
	return { records, readTo: Math.max(from + OVERLAP_MS, latest - lag) };
}
