import type { QualificationRecord } from '../api/types';
import { Fingerprints } from './fingerprints';
import type { RecentPrints, TriggerState } from './state';

/**
 * Versions of records that were seen lately, and records that were created lately. One that a reading lacks, because
 * it was being changed, is still remembered: nothing is dropped before all of its set is older than the overlap.
 */
export class RecentSet {
	private seen: Fingerprints;

	private created: Fingerprints;

	private earlier: { until: number; seen: Fingerprints; created: Fingerprints };

	constructor(state: Pick<TriggerState, 'seen' | 'created' | 'earlier'> = {}) {
		const { earlier } = state;
		this.seen = Fingerprints.from(state.seen);
		this.created = Fingerprints.from(state.created);
		this.earlier = {
			until: earlier?.until ?? -Infinity,
			seen: Fingerprints.from(earlier?.seen),
			created: Fingerprints.from(earlier?.created),
		};
	}

	hasSeen(record: QualificationRecord): boolean {
		return [this.seen, this.earlier.seen].some((prints) => prints.has(versionOf(record)));
	}

	hasCreated({ id }: QualificationRecord): boolean {
		return [this.created, this.earlier.created].some((prints) => prints.has(id));
	}

	addSeen(record: QualificationRecord): void {
		this.seen.add(versionOf(record));
	}

	addCreated({ id }: QualificationRecord): void {
		this.created.add(id);
	}

	/**
	 * @param edge nothing older will be read again
	 * @param latest nothing in here is newer
	 */
	forgetBefore(edge: number, latest: number): void {
		if (edge <= this.earlier.until) return;
		this.earlier = { until: latest, seen: this.seen, created: this.created };
		this.seen = new Fingerprints();
		this.created = new Fingerprints();
	}

	/** @param maxChars characters for each of the sets */
	store(maxChars: { seen: number; created: number; earlierSeen: number; earlierCreated: number }): {
		seen: RecentPrints['seen'];
		created: RecentPrints['created'];
		earlier: RecentPrints;
	} {
		const { until, seen, created } = this.earlier;
		return {
			seen: this.seen.store(maxChars.seen),
			created: this.created.store(maxChars.created),
			earlier: {
				until,
				seen: seen.store(maxChars.earlierSeen),
				created: created.store(maxChars.earlierCreated),
			},
		};
	}
}

function versionOf({ id, updatedAtTime }: QualificationRecord): string {
	return `${id} ${updatedAtTime}`;
}
