import { clock } from '../api/clock';
import { NewestRecords, readStream, updatedAt, type RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';

/**
 * How far a reading goes back behind the one before, for records that show up late. By Samsara's clock alone: n8n's may
 * be wrong, and may be set. Milliseconds.
 */
export const OVERLAP_MS = 10 * 60_000;

const SHORT_MS = 60_000;

/** Milliseconds since 1970. */
export interface Clocks {
	/** n8n's. */
	now: () => number;
	/** Samsara's at its latest response; undefined if that is not known. */
	samsara: () => number | undefined;
}

/**
 * Everything that has changed since a time, of all streams, each record in its newest version. Other records, which the
 * reader came across, are among them.
 *
 * @returns `readTo`: everything that changed before that time was read, by Samsara's clock; at least `from` and the overlap
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
	let latest = samsara() ?? -Infinity;
	for (const record of records) latest = Math.max(latest, updatedAt(record));
	// A stream that was read first may lack what changed while the others were read. The overlap covers a short time of that.
	const lag = Math.max(0, clock.monotonic() - startedAt - SHORT_MS);
	return { records, readTo: Math.max(from + OVERLAP_MS, latest - lag) };
}
