import type { QualificationRecord } from '../api/types';
import { Fingerprints } from './fingerprints';
import { readWindows, type ReadStream } from './reading';
import { ROOM, type WatchState } from './state';

export type ChangeEvent = 'recordCreated' | 'recordUpdated' | 'recordArchived' | 'recordDeleted';

/** How far windows overlap: covers clocks that differ by a minute, and records that show up late. Milliseconds. */
export const OVERLAP_MS = 10 * 60_000;

/**
 * The records that an event tells of since the last poll, oldest change first: each once, in its newest version. With
 * no state, none: what was there before is only noted.
 *
 * - created: also when it was changed or archived since; not when it is deleted again
 * - updated: changed after its creation and active now, so that taking a record out of the archive counts
 * - archived: a change of a record that is in the archive is told as well, for the stream does not say what changed
 */
export async function tellChanges(
	event: ChangeEvent,
	known: WatchState | undefined,
	streams: ReadStream[],
	clock: () => number,
): Promise<{
	records: QualificationRecord[];
	state: Pick<WatchState, 'readTo' | 'seen' | 'created'>;
}> {
	const state = known?.seen && known;
	const since = (state?.readTo ?? clock()) - OVERLAP_MS;
	const { records, to } = await readWindows(streams, since, OVERLAP_MS, clock);
	const told = Fingerprints.from(state?.seen);
	const createdBefore = Fingerprints.from(state?.created);

	const isTold = (record: QualificationRecord) => {
		switch (event) {
			case 'recordCreated':
				return (
					createdAt(record) >= since &&
					!createdBefore.has(record.id) &&
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
	const fresh = [...records.values()].filter(
		(record) => !told.has(versionOf(record)) && isTold(record),
	);

	const edge = to - OVERLAP_MS;
	const seen = new Fingerprints();
	const created = new Fingerprints();
	for (const record of records.values()) {
		if (updatedAt(record) >= edge) seen.add(versionOf(record));
		if (createdAt(record) >= edge) created.add(record.id);
	}
	return {
		records: state ? fresh.sort((a, b) => updatedAt(a) - updatedAt(b)) : [],
		state: { readTo: to, seen: seen.store(ROOM[0]), created: created.store(ROOM[1]) },
	};
}

function createdAt(record: QualificationRecord): number {
	return Date.parse(record.createdAtTime);
}

function updatedAt(record: QualificationRecord): number {
	return Date.parse(record.updatedAtTime);
}

function versionOf({ id, updatedAtTime }: QualificationRecord): string {
	return `${id} ${updatedAtTime}`;
}
