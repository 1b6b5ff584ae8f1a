import type { QualificationRecord } from '../api/types';

/** Reads a stream: every record changed in [from, to), in pages. Times in milliseconds since 1970. */
export type ReadStream = (from: number, to: number) => AsyncIterable<QualificationRecord[]>;

/** More passes than this mean that records change faster than they can be read; the next poll goes on from there. */
const MOST_PASSES = 4;

/**
 * All records changed in a window, of all streams, each in its newest version.
 *
 * @returns the records by ID, and up to when every stream was read
 */
export async function readWindows(
	streams: ReadStream[],
	from: number,
	overlap: number,
	clock: () => number,
): Promise<{ records: Map<string, QualificationRecord>; to: number }> {
	const records = new Map<string, QualificationRecord>();
	let to = Infinity;
	for (const read of streams) {
		const window = await readWindow(read, from, overlap, clock);
		for (const [id, record] of window.records) records.set(id, record);
		to = Math.min(to, window.to);
	}
	return { records, to };
}

/**
 * All records changed in a window of one stream, each in its newest version. A record that changes while several pages are read
 * moves to the end and may pull another one over a page's edge, unseen. So after several pages it is looked whether
 * anything changed meanwhile, and if so, or if one was met twice, the window is read again.
 *
 * @param overlap milliseconds by which the clocks here and at Samsara may differ
 * @param clock milliseconds since 1970
 */
async function readWindow(
	read: ReadStream,
	from: number,
	overlap: number,
	clock: () => number,
): Promise<{ records: Map<string, QualificationRecord>; to: number }> {
	const records = new Map<string, QualificationRecord>();
	let to = clock();
	for (let pass = 1; ; pass++) {
		const began = clock();
		const { pages, moved } = await readInto(records, read, from, to);
		if (pages <= 1 || pass === MOST_PASSES) return { records, to };
		to = clock();
		const { news } = await readInto(records, read, Math.max(from, began - overlap), to);
		if (news === 0 && !moved) return { records, to };
	}
}

async function readInto(
	records: Map<string, QualificationRecord>,
	read: ReadStream,
	from: number,
	to: number,
): Promise<{ pages: number; news: number; moved: boolean }> {
	const met = new Set<string>();
	let pages = 0;
	let news = 0;
	let moved = false;
	for await (const page of read(from, to)) {
		pages++;
		for (const record of page) {
			moved ||= met.has(record.id);
			met.add(record.id);
			const known = records.get(record.id);
			if (known && Date.parse(known.updatedAtTime) >= Date.parse(record.updatedAtTime)) continue;
			records.set(record.id, record);
			news++;
		}
	}
	return { pages, news, moved };
}
