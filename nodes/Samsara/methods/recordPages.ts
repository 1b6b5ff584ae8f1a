import type { RunContext } from '../api/runContext';
import { clock, END_AHEAD_MS } from '../api/clock';
import { EARLIEST_RECORD_TIME, streamOf } from '../api/qualifications';
import type { OwnerEntityType, QualificationRecord } from '../api/types';

const HOUR_MS = 3_600_000;
const FIRST_WINDOW_MS = 30 * 24 * HOUR_MS;

/** A window that fits is followed by one so many times longer, one that does not by one so many times shorter. */
const WINDOW_FACTOR = 8;

/** A window takes at most so many pages of each stream. */
const MAX_PAGES = 4;

/** Samsara takes five such calls a second: what a person waits for. */
const MAX_CALLS = 20;

export interface RecordPage {
	/** Newest change first. */
	records: QualificationRecord[];
	/** Where to go on, undefined at the end. */
	next?: string;
	/** Calls made so far, with those that were told. */
	calls: number;
	/** True when a person should not wait for more. */
	isBudgetSpent: boolean;
}

/**
 * The records of one window of time. The stream gives the oldest change first, so the list of the newest is read
 * backwards: window after window, each as long as it can be read in few calls.
 *
 * @param token `next` of the portion before; none begins now
 */
export async function readRecordPage(
	run: RunContext,
	types: OwnerEntityType[],
	token?: string,
	previousCalls = 0,
): Promise<RecordPage> {
	const earliest = Date.parse(EARLIEST_RECORD_TIME);
	const [end, first] = (token ?? `${clock.now() + END_AHEAD_MS} ${FIRST_WINDOW_MS}`)
		.split(' ')
		.map(Number);
	let length = first;
	let calls = previousCalls;
	for (;;) {
		const start = Math.max(earliest, end - length);
		const window = await readWindow(run, types, start, end, length <= HOUR_MS);
		calls += window.calls;
		if (!window.complete) {
			length /= WINDOW_FACTOR;
			continue;
		}
		return {
			records: newestFirst(window.records),
			next: start <= earliest ? undefined : `${start} ${Math.round(length * WINDOW_FACTOR)}`,
			calls,
			isBudgetSpent: calls >= MAX_CALLS,
		};
	}
}

/** Each record once, as it was changed last: it may come again on the next page. */
function newestFirst(records: QualificationRecord[]): QualificationRecord[] {
	const sorted = records.sort((a, b) => Date.parse(b.updatedAtTime) - Date.parse(a.updatedAtTime));
	const seen = new Set<string>();
	return sorted.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** `allowPartial`: an hour of mass changes is shown as far as it can be read. */
async function readWindow(
	run: RunContext,
	types: OwnerEntityType[],
	start: number,
	end: number,
	allowPartial: boolean,
): Promise<{ records: QualificationRecord[]; complete: boolean; calls: number }> {
	const records: QualificationRecord[] = [];
	let calls = 0;
	for (const entityType of types) {
		let pageCount = 0;
		for await (const page of streamOf(run, { entityType })(start, end)) {
			calls++;
			if (++pageCount > MAX_PAGES) {
				if (allowPartial) break;
				return { records: [], complete: false, calls };
			}
			records.push(...page);
		}
	}
	return { records, complete: true, calls };
}
