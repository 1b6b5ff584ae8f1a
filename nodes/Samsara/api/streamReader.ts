import { CLOCK_SKEW_MS, END_AHEAD_MS } from './clock';
import type { QualificationRecord } from './types';

/** Reads the records last changed in [from, to), in pages, oldest change first. Times in milliseconds since 1970. */
export type ReadPages = (from: number, to: number) => AsyncIterable<QualificationRecord[]>;

/** What is read of one entity type. */
export interface RecordStream {
	/** What Samsara's own filters select, one list per call. */
	parts: ReadPages[];
	/** Every record, deleted ones too: also shows a change that takes a record out of its part. */
	all: ReadPages;
}

/** If records still move after so many passes, they change faster than they can be read. */
const MAX_PASSES = 4;

/** The newest version of each record. */
export class NewestRecords {
	private readonly byId = new Map<string, QualificationRecord>();

	private counted = 0;

	/** @param counts which records `count` counts */
	constructor(private readonly counts: (record: QualificationRecord) => boolean = () => true) {}

	/** How many of the records count. */
	get count(): number {
		return this.counted;
	}

	/** True when the record or this version of it was not here yet. */
	add(record: QualificationRecord): boolean {
		const earlier = this.byId.get(record.id);
		if (earlier && updatedAt(earlier) >= updatedAt(record)) return false;
		if (earlier && this.counts(earlier)) this.counted--;
		this.byId.set(record.id, record);
		if (this.counts(record)) this.counted++;
		return true;
	}

	/** Those that count, oldest change first. */
	list(): QualificationRecord[] {
		return [...this.byId.values()]
			.filter(this.counts)
			.sort((a, b) => updatedAt(a) - updatedAt(b) || 0);
	}

	/** All, in any order. */
	values(): IterableIterator<QualificationRecord> {
		return this.byId.values();
	}
}

/**
 * Reads a window of the stream to its end. A record that changes between two pages moves to the end of the list, or out of
 * it, and may pull another one across a page boundary, unread. So after several pages the latest changes are read, all of
 * them whatever the filters, and the window is read again if one of them is a record that had been read already.
 *
 * @param records receives what is read, also records that only `all` gives
 * @param window `to` is exclusive; without it, up to now
 * @param isEnough asked after each page
 * @returns false if records kept moving, so that one may have been missed
 */
export async function readStream(
	{ parts, all }: RecordStream,
	records: NewestRecords,
	{ from, to = Infinity }: { from: number; to?: number },
	now: () => number,
	isEnough: () => boolean = () => false,
): Promise<boolean> {
	const end = () => Math.max(now(), from) + END_AHEAD_MS;
	for (let pass = 1; pass <= MAX_PASSES; pass++) {
		const began = now();
		const until = Math.min(end(), to);
		if (from >= until) return true;
		const reading = new Pass(records);
		for (const read of parts) {
			for await (const page of read(from, until)) {
				reading.add(page);
				if (isEnough()) return true;
			}
		}
		if (!reading.couldMove()) return true;
		const check = new Pass(records, reading);
		for await (const page of all(began - CLOCK_SKEW_MS, end())) check.add(page);
		if (!reading.hasMoved() && !check.hasMoved()) return true;
	}
	return false;
}

/** One reading of all pages: notices records that moved meanwhile. */
class Pass {
	private pages = 0;

	private readonly met = new Map<string, number>();

	private isChanged = false;

	private isRepeated = false;

	private hasNews = false;

	/** @param before a record that it met in an earlier version has moved, too */
	constructor(
		private readonly records: NewestRecords,
		private readonly before?: Pass,
	) {}

	add(page: QualificationRecord[]): void {
		this.pages++;
		for (const record of page) {
			const time = updatedAt(record);
			const metAt = this.met.get(record.id);
			this.isRepeated ||= metAt !== undefined;
			this.isChanged ||= (metAt ?? time) < time || (this.before?.met.get(record.id) ?? time) < time;
			this.met.set(record.id, time);
			if (this.records.add(record)) this.hasNews = true;
		}
	}

	/** False if everything came in one answer. */
	couldMove(): boolean {
		return this.pages > 1 && this.met.size > 0;
	}

	/** Pages may also repeat a record that did not change. If that brings nothing new, nothing has slipped past. */
	hasMoved(): boolean {
		return this.isChanged || (this.isRepeated && this.hasNews && this.before === undefined);
	}
}

/** Milliseconds since 1970. */
export function updatedAt({ updatedAtTime }: QualificationRecord): number {
	return Date.parse(updatedAtTime);
}
