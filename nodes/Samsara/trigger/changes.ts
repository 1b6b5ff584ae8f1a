import { END_AHEAD_MS } from '../api/clock';
import type { RecordStream } from '../api/streamReader';
import { latestChange, updatedAt } from '../api/timeWindows';
import type { QualificationRecord } from '../api/types';
import { OVERLAP_MS, readChanges, type Clocks } from './readChanges';
import { RecentRecords } from './recentRecords';
import { hasTimes, MAX_STATE_CHARS, type TriggerState } from './state';
import type { WatchFilter } from './watchFilter';

export type ChangeEvent = 'recordCreated' | 'recordUpdated' | 'recordArchived' | 'recordDeleted';

/**
 * Detects the records that an event has happened to since the last poll, oldest change first: each once, in its newest
 * version. The first poll emits none and only remembers existing records. The same goes for records that are watched only
 * since the settings were changed.
 *
 * - created: even if the record was changed or archived since, but not if it was deleted
 * - updated: the record was changed after its creation and is active now, so moving it out of the archive counts
 * - archived: includes any change to an archived record, because the stream does not say what changed
 */
export async function detectChanges(
	{ event, selectionKey }: { event: ChangeEvent; selectionKey: string },
	previous: TriggerState | undefined,
	streams: RecordStream[],
	clocks: Clocks,
	{ isWatched, wasWatched }: WatchFilter,
): Promise<{
	records: QualificationRecord[];
	state: Pick<TriggerState, 'readTo' | 'startedAt' | 'seen' | 'created' | 'earlier' | 'backlog'>;
}> {
	const state = previous?.seen && hasTimes(previous) ? previous : undefined;
	// The backlog of an expiry event goes back to the oldest records.
	const left = state?.due ? undefined : state?.backlog;
	const reached = (state?.due && state.backlog?.unread.readTo) ?? state?.readTo;
	const since = reached === undefined ? clocks.now() - END_AHEAD_MS : reached - OVERLAP_MS;
	const { records, readTo, unread } = await readChanges(streams, since, clocks, left?.unread);
	const firstPollAt = unread && (clocks.samsara() ?? clocks.now());
	const startedAt = (state ? state.startedAt : firstPollAt) ?? -Infinity;
	const recent = new RecentRecords(state);
	const hasHappened = (record: QualificationRecord) => {
		switch (event) {
			case 'recordCreated':
				return (
					createdAt(record) >= Math.max(since, startedAt) &&
					!recent.hasCreated(record) &&
					record.recordStatus !== 'deleted'
				);
			case 'recordUpdated':
				return record.recordStatus === 'active' && updatedAt(record) > createdAt(record);
			case 'recordArchived':
				return record.recordStatus === 'archived';
			case 'recordDeleted':
				return record.recordStatus === 'deleted';
		}
	};
	const watched = records.filter(isWatched);
	const emitted = watched.filter(
		(record) =>
			state &&
			(wasWatched(record) || updatedAt(record) >= (left?.baseline?.time ?? Infinity)) &&
			!(updatedAt(record) < startedAt) &&
			!recent.hasSeen(record) &&
			hasHappened(record),
	);

	const isChanged = state && state.setting !== selectionKey;
	const baseline = isChanged
		? {
				time: endOfSecond(clocks.samsara()) ?? clocks.now(),
				setting: left?.baseline?.setting ?? state.setting,
			}
		: left?.baseline;
	const overlapStart = readTo - OVERLAP_MS;
	recent.forgetBefore(overlapStart, latestChange(records, readTo));
	for (const record of watched) {
		if (!(updatedAt(record) < overlapStart)) recent.addSeen(record);
		if (createdAt(record) >= overlapStart) recent.addCreated(record);
	}
	return {
		records: emitted,
		state: {
			// What changed before the first poll need not be read.
			readTo: state ? readTo : (unread?.readTo ?? readTo),
			startedAt: overlapStart < startedAt ? startedAt : undefined,
			...recent.store(MAX_STATE_CHARS.recent),
			backlog: state && unread && { unread, baseline },
		},
	};
}

/** Samsara's clock has whole seconds, so what changed in the current second may have changed before this poll. */
function endOfSecond(time: number | undefined): number | undefined {
	return time === undefined ? undefined : time + 1_000;
}

function createdAt(record: QualificationRecord): number {
	return Date.parse(record.createdAtTime);
}
