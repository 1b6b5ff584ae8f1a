import { clock } from './clock';
import type { PageOf } from './pagination';
import type { QualificationRecord } from './types';

/** The times from `from` up to, but not including, `to`, in milliseconds since 1970. */
export interface Interval {
	from: number;
	to: number;
}

/** Reads the records last changed in [from, to), page by page, oldest change first. Times are milliseconds since 1970. */
export type ReadPages = (from: number, to: number) => AsyncIterable<PageOf<QualificationRecord>>;

/** A record, and when it was last changed: in milliseconds since 1970, or NaN if its time is not valid. */
export interface DatedRecord {
	record: QualificationRecord;
	time: number;
}

/** Enough to make five calls per second if a response takes a second. */
const MAX_READERS = 6;

/** A window with fewer pages left is not split, because every split costs about half a page. */
const MIN_PAGES_TO_SPLIT = 2;

/** If there seem to be more pages, the records are probably bunched, e.g. by an import, and most of the time has few. */
const MAX_EVEN_PAGES = 300;

/** A part of a list. Its reader skips records outside [from, to), which belong to other readers. */
interface TimeWindow {
	pages: AsyncIterable<PageOf<QualificationRecord>>;
	read: ReadPages;
	from: number;
	/** Becomes earlier when the rest is given to other readers. */
	to: number;
	/** Where the request ends. */
	end: number;
	/** Where the request starts. */
	start: number;
	/** The time of the latest record that was read. */
	position: number;
	/** How much time a page covers; undefined before the first page. */
	pageMs?: number;
	isDone?: boolean;
}

/**
 * Reads lists in several time windows at once: page after page would take as long as Samsara's responses, not as its rate
 * limit. The first page of a list is read alone, so that a short list takes one call. Whenever a reader is idle, the window
 * with the most left is split.
 *
 * @param onPage receives every page, those of one window in order, and no record in two windows; returns true to stop
 * @param options.maxReaders 1 reads one list after another, each in order
 * @param options.isTimeUp checked after each page; true ends the reading
 * @returns what was read and what was not. A record whose time is the end of the read part may be in both.
 * @throws whatever `reads` throw, once the calls in progress have ended
 */
export async function readInWindows(
	reads: ReadPages[],
	intervals: Interval[],
	onPage: (records: DatedRecord[]) => boolean,
	{
		maxReaders = MAX_READERS,
		isTimeUp = () => false,
	}: { maxReaders?: number; isTimeUp?: () => boolean } = {},
): Promise<{ read: Interval[]; unread: Interval[] }> {
	const windows = reads.flatMap((read) => intervals.map((interval) => wholeList(read, interval)));
	const waiting = [...windows];
	const active = new Set<TimeWindow>();
	const failures: unknown[] = [];
	let idle: Array<() => void> = [];
	let isStopped = false;

	const wakeIdle = () => {
		const readers = idle;
		idle = [];
		for (const wake of readers) wake();
	};
	const readWindow = async (window: TimeWindow) => {
		for await (const { rows, isLast } of window.pages) {
			if (isStopped) return;
			const records = dated(rows);
			isStopped = onPage(ownRecords(window, records));
			advance(window, records);
			window.isDone = isLast || window.position >= window.to;
			isStopped ||= isTimeUp();
			if (isStopped || window.isDone) return;
			wakeIdle();
		}
	};
	const reader = async () => {
		while (!isStopped) {
			const window = waiting.shift();
			if (window) {
				active.add(window);
				try {
					await readWindow(window);
				} catch (error) {
					failures.push(error);
					isStopped = true;
				}
				active.delete(window);
				wakeIdle();
			} else if (active.size === 0) {
				return;
			} else {
				const parts = splitLargest(active, idle.length + 1);
				windows.push(...parts);
				waiting.push(...parts);
				if (waiting.length > 0) wakeIdle();
				else await new Promise<void>((resolve) => idle.push(resolve));
			}
		}
	};
	await Promise.all(Array.from({ length: maxReaders }, reader));
	if (failures.length > 0) throw failures[0];
	return {
		read: windows.map(readPart),
		unread: windows.filter(({ isDone }) => !isDone).map(unreadPart),
	};
}

/** Joins intervals that overlap or touch. The result starts with the earliest one. */
export function mergeIntervals(intervals: Interval[]): Interval[] {
	const merged: Interval[] = [];
	for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
		const last = merged.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else if (from < to) merged.push({ from, to });
	}
	return merged;
}

function readPart({ start, to, end, position, isDone }: TimeWindow): Interval {
	return { from: start, to: isDone ? Math.min(to, end) : position };
}

/** Other records may have been changed in the same millisecond as the last one that was read. */
function unreadPart({ to, end, position }: TimeWindow): Interval {
	return { from: position - 1, to: Math.min(to, end) };
}

function wholeList(read: ReadPages, { from, to }: Interval): TimeWindow {
	const pages = read(from, to);
	return { pages, read, from: -Infinity, to: Infinity, end: to, start: from, position: from };
}

/** Reads each time once, because parsing it takes about as long as everything else that is done with a record here. */
export function dated(records: QualificationRecord[]): DatedRecord[] {
	return records.map((record) => ({ record, time: updatedAt(record) }));
}

/** A record without a valid time is in every window, so that none is lost. */
function ownRecords({ from, to }: TimeWindow, records: DatedRecord[]): DatedRecord[] {
	if (from === -Infinity && to === Infinity) return records;
	return records.filter(({ time }) => !(time < from || time >= to));
}

function advance(window: TimeWindow, records: DatedRecord[]): void {
	if (records.length === 0) return;
	const [first, last] = [records[0].time, records[records.length - 1].time];
	if (Number.isNaN(last - first)) return;
	const covered = Math.max(1, last - first);
	window.pageMs = window.pageMs === undefined ? covered : (window.pageMs + covered) / 2;
	window.position = Math.max(window.position, last);
}

/** Takes the rest of the window with the most pages left, as up to `count` new windows. */
function splitLargest(windows: Iterable<TimeWindow>, count: number): TimeWindow[] {
	const [largest] = [...windows].sort((a, b) => pagesLeft(b) - pagesLeft(a));
	const left = pagesLeft(largest);
	if (left < MIN_PAGES_TO_SPLIT) return [];
	const parts = Math.min(count + 1, Math.floor(left));
	const start = unreadFrom(largest);
	const length = knownEnd(largest) - start;
	const cuts: number[] = [];
	for (let part = 1; part < parts; part++) {
		// Whole pages, because a short page at the end of a window is a call more.
		const pages =
			left > MAX_EVEN_PAGES ? left ** (part / parts) : Math.round((left * part) / parts);
		const cut = Math.ceil(start + (length * pages) / left);
		if (cut > (cuts.at(-1) ?? start) && cut < largest.to) cuts.push(cut);
	}
	const { read, to, end } = largest;
	if (cuts.length > 0) largest.to = cuts[0];
	return cuts.map((from, i) => {
		const isLast = i === cuts.length - 1;
		const ownEnd = isLast ? end : cuts[i + 1];
		// Whether Samsara includes the start time is not documented, so the request starts a millisecond earlier.
		const pages = read(from - 1, ownEnd);
		return {
			pages,
			read,
			from,
			to: isLast ? to : ownEnd,
			end: ownEnd,
			start: from,
			position: from,
		};
	});
}

/** An estimate: as if the rest of the window had as many records as the latest pages. 0 before the first page. */
function pagesLeft(window: TimeWindow): number {
	const { pageMs } = window;
	return pageMs === undefined ? 0 : (knownEnd(window) - unreadFrom(window)) / pageMs;
}

/** The next page is already on its way. */
function unreadFrom({ position, pageMs = 0 }: TimeWindow): number {
	return position + pageMs;
}

/** There are no records in the future. */
function knownEnd({ to, end }: TimeWindow): number {
	return Math.min(to, end, clock.now());
}

/** When a record was last changed, in milliseconds since 1970; NaN if its time is not valid. */
export function updatedAt({ updatedAtTime }: QualificationRecord): number {
	return Date.parse(updatedAtTime);
}

/** The latest time of change of these records, at least `start`. Records without a valid time do not count. */
export function latestChange(records: QualificationRecord[], start: number): number {
	return records.reduce((latest, record) => {
		const time = updatedAt(record);
		return time > latest ? time : latest;
	}, start);
}
