import { selects } from '../api/qualifications';
import type { QualificationRecord } from '../api/types';
import type { WatchSelection } from './settings';
import type { TriggerState } from './state';

type Predicate = (record: QualificationRecord) => boolean;

/** Which records a trigger watches now, and which ones it watched in the poll before. */
export interface WatchFilter {
	isWatched: Predicate;
	wasWatched: Predicate;
}

/**
 * A poll for another event than before has watched no record yet.
 *
 * @param state what the poll before has stored
 */
export function watchFilterOf(
	selection: WatchSelection,
	state?: Pick<TriggerState, 'setting' | 'backlog'>,
): WatchFilter {
	const isWatched = selectedBy(selection);
	const previousKey = state?.backlog?.baseline?.setting ?? state?.setting;
	const previous = previousKey === undefined ? undefined : parseKey(previousKey);
	if (!previous) return { isWatched, wasWatched: isWatched };
	const isSameEvent = previous.event === selection.event;
	return { isWatched, wasWatched: isSameEvent ? selectedBy(previous) : () => false };
}

function selectedBy({ entityTypes, typeIds, ownerIds }: WatchSelection): Predicate {
	const isSelected = selects({ typeIds, ownerIds, includeDeleted: true });
	return (record) => entityTypes.includes(record.owner.entityType) && isSelected(record);
}

function parseKey(key: string): WatchSelection | undefined {
	try {
		return (JSON.parse(key) as [WatchSelection])[0];
	} catch {
		return undefined;
	}
}
