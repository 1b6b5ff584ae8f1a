import { CLOCK_SKEW_MS, END_AHEAD_MS } from './clock';
import { readInWindows, updatedAt, type ReadPages } from './timeWindows';
import type { QualificationRecord } from './types';

/** The lists to read for one entity type. */
export interface RecordStream {
	/** The lists that Samsara's own filters select. */
	parts: ReadPages[];
	/** Every record, including deleted ones. It also shows changes that take a record out of its part. */
	all: ReadPages;
}

/** If records still move after this many passes, they change faster than they can be read. */
const MAX_PASSES = 4;

/** The newest version of each record. */
export class NewestRecords {
	private readonly byId = new Map<string, QualificationRecord>();

	private counted = 0;

	/** @param counts which records count */
	constructor(private readonly counts: (record: QualificationRecord) => boolean = () => true) {}

	/** The number of records that count. */
	get count(): number {
		return this.counted;
	}

	/** Returns true if the record, or this version of it, is new. */
	add(record: QualificationRecord): boolean {
		const earlier = this.byId.get(record.id);
		if (earlier && updatedAt(earlier) >= updatedAt(record)) return false;
		if (earlier && this.counts(earlier)) this.counted--;
		this.byId.set(record.id, record);
		if (this.counts(record)) this.counted++;
		return true;
	}

	/** The records that count, oldest change first. */
	list(): QualificationRecord[] {
		return [...this.byId.values()]
			.filter(this.counts)
			.sort((a, b) => updatedAt(a) - updatedAt(b) || 0);
	}

	/** All records, in any order. */
	values(): IterableIterator<QualificationRecord> {
		return this.byId.values();
	}
}

/**
 * Reads a time window of the stream completely. A record that changes between two pages moves to the end of the list or
 * leaves it, and another record may then slip across a page boundary unread. So if there were several pages, all of the
 * latest changes are read as well, without filters. If they include a record that was already read, the window is read again.
 *
 * @param records receives every record that is read, including those that only `all` returns
 * @param window `to` is exclusive; without it, reads up to now
 * @param isEnough checked after each page; true ends the reading..
 * @returns false if records kept moving, so that some may have been missed
 */
export async function readStream(
	{ parts, all }: RecordStream,
	records: NewestRecords,
	{ from, to = Infinity }: { from: number; to?: number },
	now: () => number,
	{ isEnough = () => false, maxReaders }: { isEnough?: () => boolean; maxReaders?: number } = {},
): Promise<boolean> {
	const end = () => Math.max(now(), from) + END_AHEAD_MS;
	for (let pass = 1; pass <= MAX_PASSES; pass++) {
		const began = now();
		const until = Math.min(end(), to);
		if (from >= until) return true;
		const reading = new Pass(records);
		let isDone = false;
		const onPage = (page: QualificationRecord[]) => {
			reading.add(page);
			return (isDone = isEnough());
		};
		await readInWindows(parts, from, until, onPage, maxReaders);
		if (isDone) return true;
		if (!reading.couldMove()) return true;
		const check = new Pass(records, reading);
		for await (const { rows } of all(began - CLOCK_SKEW_MS, end())) check.add(rows);
		if (!reading.hasMoved() && !check.hasMoved()) return true;
	}
	return false;
}

/** One pass over all pages. Detects records that moved in the meantime. */
class Pass {
	private pages = 0;

	private readonly seen = new Map<string, number>();

	private isChanged = false;

	private isRepeated = false;

	private hasNewRecords = false;

	/** @param before an earlier pass: a record that it saw in an older version has moved, too */
	constructor(
		private readonly records: NewestRecords,
		private readonly before?: Pass,
	) {}

	add(page: QualificationRecord[]): void {
		this.pages++;
		for (const record of page) {
			const time = updatedAt(record);
			const seenAt = this.seen.get(record.id);
			this.isRepeated ||= seenAt !== undefined;
			this.isChanged ||=
				(seenAt ?? time) < time || (this.before?.seen.get(record.id) ?? time) < time;
			this.seen.set(record.id, time);
			if (this.records.add(record)) this.hasNewRecords = true;
		}
	}

	/** False if everything fit into one page. */
	couldMove(): boolean {
		return this.pages > 1 && this.seen.size > 0;
	}

	/** A page may also repeat an unchanged record. If it contains nothing new, no record was missed. */
	hasMoved(): boolean {
		return this.isChanged || (this.isRepeated && this.hasNewRecords && this.before === undefined);
	}
}
