import { END_AHEAD_MS } from '../api/clock';
import { updatedAt, type RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { RecentSet } from './recent';
import { OVERLAP_MS, readChanges, type Clocks } from './streamReader';
import { MAX_STATE_CHARS, type TriggerState } from './state';
import { ALL, type View } from './view';

export type ChangeEvent = 'recordCreated' | 'recordUpdated' | 'recordArchived' | 'recordDeleted';

/**
 * The records that an event emits since the last poll, oldest change first: each once, in its newest version. With no
 * state, none: existing records are only noted, and so are those that only now come into view by another setting.
 *
 * - created: also when it was changed or archived since; not when it is deleted again
 * - updated: changed after its creation and active now, so that taking a record out of the archive counts
 * - archived: a change of a record in the archive is emitted as well, for the stream does not say what changed
 */
export async function detectChanges(
	event: ChangeEvent,
	previous: TriggerState | undefined,
	streams: RecordStream[],
	clocks: Clocks,
	{ isWatched, wasWatched }: View = ALL,
): Promise<{
	records: QualificationRecord[];
	state: Pick<TriggerState, 'readTo' | 'seen' | 'created' | 'earlier'>;
}> {
	const state = previous?.seen && previous;
	const since = state ? state.readTo - OVERLAP_MS : clocks.now() - END_AHEAD_MS;
	const { records, readTo } = await readChanges(streams, since, clocks);
	const recent = new RecentSet(state);
	const isEmitted = (record: QualificationRecord) => {
		switch (event) {
			case 'recordCreated':
				return (
					createdAt(record) >= since &&
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
		(record) => state && wasWatched(record) && !recent.hasSeen(record) && isEmitted(record),
	);

	const overlapStart = readTo - OVERLAP_MS;
	recent.forgetBefore(
		overlapStart,
		records.reduce((latest, record) => Math.max(latest, updatedAt(record)), readTo),
	);
	for (const record of watched) {
		if (updatedAt(record) >= overlapStart) recent.addSeen(record);
		if (createdAt(record) >= overlapStart) recent.addCreated(record);
	}
	return { records: emitted, state: { readTo, ...recent.store(MAX_STATE_CHARS.recent) } };
}

function createdAt(record: QualificationRecord): number {
	return Date.parse(record.createdAtTime);
}
