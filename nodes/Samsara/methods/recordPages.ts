import { clock, END_AHEAD_MS } from '../api/clock';
import { EARLIEST_RECORD_TIME, streamOf } from '../api/qualifications';
import type { RunContext } from '../api/runContext';
import { NewestRecords } from '../api/streamReader';
import type { OwnerEntityType, QualificationRecord } from '../api/types';

const HOUR_MS = 3_600_000;
const FIRST_WINDOW_MS = 30 * 24 * HOUR_MS;

/** A window that is too long is divided by this; the one after a window that fits is this many times longer. */
const WINDOW_FACTOR = 8;

/** The most pages of one window and entity type. */
const MAX_PAGES = 4;

/** What a person waits for: Samsara allows five of these calls per second. */
const MAX_CALLS = 20;

export interface RecordPage {
	/** Latest change first, each record once. A record may come again on the next page. */
	records: QualificationRecord[];
	/** Token of the next page; undefined at the end. */
	next?: string;
	/** Calls made so far, `previousCalls` included. */
	calls: number;
	/** True when a person should not have to wait for more. */
	isBudgetSpent: boolean;
}

/**
 * Reads the records of one window of time. The stream starts with the oldest change, so a list that starts with the latest
 * is read backwards, window by window. Each window is as long as can be read in few calls.
 *
 * @param token `next` of the previous page; without it, the list starts at the present
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
	let calls = previousCalls;
	for (let length = first; ; length /= WINDOW_FACTOR) {
		const start = Math.max(earliest, end - length);
		const window = await readWindow(run, types, start, end, length <= HOUR_MS);
		calls += window.calls;
		if (!window.records) continue;
		return {
			records: window.records,
			next: start <= earliest ? undefined : `${start} ${Math.round(length * WINDOW_FACTOR)}`,
			calls,
			isBudgetSpent: calls >= MAX_CALLS,
		};
	}
}

/**
 * @param allowPartial whether to return the first pages of a window that has too many, as in an hour of mass changes
 * @returns no records if the window has too many
 */
async function readWindow(
	run: RunContext,
	types: OwnerEntityType[],
	start: number,
	end: number,
	allowPartial: boolean,
): Promise<{ calls: number; records?: QualificationRecord[] }> {
	const newest = new NewestRecords();
	let calls = 0;
	for (const entityType of types) {
		let pageCount = 0;
		for await (const { rows } of streamOf(run, { entityType })(start, end)) {
			calls++;
			if (++pageCount > MAX_PAGES) {
				if (!allowPartial) return { calls };
				break;
			}
			for (const record of rows) newest.add(record);
		}
	}
	return { calls, records: newest.list().reverse() };
}
