import { CLOCK_SKEW_MS, END_AHEAD_MS, SERVER_SKEW_MS } from './clock';
import {
	dated,
	mergeIntervals,
	readInWindows,
	type DatedRecord,
	type Interval,
	type ReadPages,
} from './timeWindows';
import type { OwnerEntityType, QualificationRecord } from './types';

/** The lists to read for one entity type. */
export interface RecordStream {
	entityType: OwnerEntityType;
	/** The lists that Samsara's own filters select. */
	parts: ReadPages[];
	/** Every record, including deleted ones. It also shows changes that take a record out of its part. */
	all: ReadPages;
}

/** How many pages of the latest changes are read once the time is up. If there are more, what was read is read again. */
const MAX_LATE_PAGES = 20;

/** If records still move after this many passes, they change faster than they can be read. */
const MAX_PASSES = 4;

/** The newest version of each record, or only what is needed of it. */
export class NewestRecords<T = QualificationRecord> {
	private readonly byId = new Map<string, { value?: T; time: number }>();

	private counted = 0;

	/** @param valueOf what to keep of a record; undefined if the record does not count */
	constructor(private readonly valueOf: (dated: DatedRecord) => T | undefined) {}

	/** The number of records that count. */
	get count(): number {
		return this.counted;
	}

	/** The number of all records. */
	get size(): number {
		return this.byId.size;
	}

	/** Returns true if the record, or this version of it, is new. */
	add(dated: DatedRecord): boolean {
		const { record, time } = dated;
		const earlier = this.byId.get(record.id);
		if (earlier && earlier.time >= time) return false;
		if (earlier?.value !== undefined) this.counted--;
		const value = this.valueOf(dated);
		this.byId.set(record.id, { value, time });
		if (value !== undefined) this.counted++;
		return true;
	}

	/** The values of the records that count, oldest change first. */
	list(): T[] {
		return [...this.byId.values()]
			.filter((entry): entry is { value: T; time: number } => entry.value !== undefined)
			.sort((a, b) => a.time - b.time || 0)
			.map(({ value }) => value);
	}
}

/**
 * Reads time intervals of the stream completely. A record that changes between two pages moves to the end of the list or
 * leaves it, and another record may then slip across a page boundary unread. So if there were several pages, all of the
 * latest changes are read as well, without filters. If they include a record that was already read, what followed it is
 * read again.
 *
 * @param records receives every record that is read, including those that only `all` returns
 * @param intervals one that ends in the future is read up to now
 * @param options.isEnough checked after each page; true ends the reading
 * @param options.isTimeUp checked after each page; true leaves the rest for another time
 * @param options.samsaraTime tells exactly since when to look for changes
 * @returns what was left unread, where an interval that was to be read up to now has no end (Infinity); `isSettled` is false
 * if records kept moving, so that some may have been missed
 */
export async function readStream<T>(
	{ parts, all }: RecordStream,
	records: NewestRecords<T>,
	intervals: Interval[],
	now: () => number,
	{
		isEnough = () => false,
		isTimeUp = () => false,
		samsaraTime = () => undefined,
		maxReaders,
	}: ReadOptions = {},
): Promise<{ isSettled: boolean; unread: Interval[] }> {
	const end = () => now() + END_AHEAD_MS;
	const unread: Interval[] = [];
	let remaining = intervals;
	for (let pass = 1; pass <= MAX_PASSES; pass++) {
		const began = now();
		const until = Math.max(end(), ...remaining.map(({ from }) => from + END_AHEAD_MS));
		const bounded = remaining
			.map(({ from, to }) => ({ from, to: Math.min(until, to) }))
			.filter(({ from, to }) => from < to);
		const reading = new Pass(records);
		let isDone = false;
		const onPage = (page: DatedRecord[]) => {
			reading.add(page);
			return (isDone = isEnough());
		};
		const result = await readInWindows(parts, bounded, onPage, { maxReaders, isTimeUp });
		if (isDone) return { isSettled: true, unread: [] };
		const isOpen = remaining.some(({ to }) => to > until);
		for (const { from, to } of result.unread)
			unread.push({ from, to: isOpen && to === until ? Infinity : to });
		if (!reading.couldMove()) return { isSettled: true, unread: mergeIntervals(unread) };
		const check = new Pass(records, reading);
		const beganAtSamsara = samsaraTime(began);
		const since =
			beganAtSamsara === undefined ? began - CLOCK_SKEW_MS : beganAtSamsara - SERVER_SKEW_MS;
		let isChecked = true;
		for await (const { rows } of all(since, Math.max(until, end()))) {
			check.add(dated(rows));
			isChecked = !isTimeUp() || check.pages < MAX_LATE_PAGES;
			if (!isChecked) break;
		}
		remaining = isChecked ? movedParts(result.read, [reading, check]) : mergeIntervals(result.read);
		if (remaining.length === 0 || isTimeUp())
			return { isSettled: true, unread: mergeIntervals([...unread, ...remaining]) };
	}
	return { isSettled: false, unread: mergeIntervals(unread) };
}

interface ReadOptions {
	isEnough?: () => boolean;
	isTimeUp?: () => boolean;
	/** Converts a time on our clock to Samsara's, if it is known. */
	samsaraTime?: (time: number) => number | undefined;
	maxReaders?: number;
}

/** The parts to read again. A record that moves can only displace records that follow it in the same part. */
function movedParts<T>(read: Interval[], passes: Array<Pass<T>>): Interval[] {
	if (passes.some((pass) => pass.isUncertain())) return mergeIntervals(read);
	const times = passes.flatMap(({ movedFrom }) => movedFrom);
	const affected = read.flatMap(({ from, to }) => {
		const moved = times.filter((time) => time >= from && time <= to);
		if (moved.length === 0) return [];
		// All records of an account may have moved, which are too many for the arguments of Math.min.
		const first = moved.reduce((earliest, time) => Math.min(earliest, time));
		return [{ from: Math.max(from, first - 1), to }];
	});
	return mergeIntervals(affected);
}

/** One pass over all pages. Detects records that moved in the meantime. */
class Pass<T> {
	/** The earlier times of records that were read again in a newer version. */
	readonly movedFrom: number[] = [];

	pages = 0;

	private readonly seen = new Map<string, number>();

	private isRepeated = false;

	private hasNewRecords = false;

	private hasMovedHere = false;

	/** @param before an earlier pass: a record that it saw in an older version has moved, too */
	constructor(
		private readonly records: NewestRecords<T>,
		private readonly before?: Pass<T>,
	) {}

	add(page: DatedRecord[]): void {
		this.pages++;
		for (const dated of page) {
			const { record, time } = dated;
			const seenAt = this.seen.get(record.id);
			this.isRepeated ||= seenAt !== undefined;
			this.hasMovedHere ||= (seenAt ?? time) < time;
			const earlier = seenAt ?? this.before?.seen.get(record.id);
			if (earlier !== undefined && earlier < time) this.movedFrom.push(earlier);
			this.seen.set(record.id, time);
			if (this.records.add(dated)) this.hasNewRecords = true;
		}
	}

	/** False if everything fit into one page. */
	couldMove(): boolean {
		return this.pages > 1 && this.seen.size > 0;
	}

	/**
	 * Whether more may be missing than the moved records tell: a page repeats a record and has new ones as well, or the
	 * records moved while the latest changes were read.
	 */
	isUncertain(): boolean {
		return this.before ? this.hasMovedHere : this.isRepeated && this.hasNewRecords;
	}
}
