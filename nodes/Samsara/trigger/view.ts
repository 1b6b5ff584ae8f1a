import { selects } from '../api/qualifications';
import type { QualificationRecord } from '../api/types';
import type { Watched } from './settings';

type Predicate = (record: QualificationRecord) => boolean;

/** Which records a trigger looks at, and which ones it looked at in the poll before. */
export interface View {
	isWatched: Predicate;
	wasWatched: Predicate;
}

/** Everything, always. */
export const ALL: View = { isWatched: () => true, wasWatched: () => true };

/**
 * With another event, everything only now comes into view.
 *
 * @param before the setting of the poll before, see `TriggerState`
 */
export function viewOf(watched: Watched, before: string | undefined): View {
	const isWatched = watchedBy(watched);
	const earlier = before === undefined ? undefined : watchedIn(before);
	if (!earlier) return { isWatched, wasWatched: isWatched };
	const wasWatched = earlier.event === watched.event ? watchedBy(earlier) : () => false;
	return { isWatched, wasWatched };
}

function watchedBy({ entityTypes, typeIds, ownerIds }: Watched): Predicate {
	const isSelected = selects({ typeIds, ownerIds, includeDeleted: true });
	return (record) => entityTypes.includes(record.owner.entityType) && isSelected(record);
}

function watchedIn(setting: string): Watched | undefined {
	try {
		return (JSON.parse(setting) as [Watched])[0];
	} catch {
		return undefined;
	}
}
