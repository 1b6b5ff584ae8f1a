import type { QualificationRecord } from '../api/types';
import { Fingerprints } from './fingerprints';
import type { TriggerState } from './state';

/** Most characters for each of the stored sets. */
interface MaxChars {
	seen: number;
	created: number;
	earlierSeen: number;
	earlierCreated: number;
}

/**
 * Record versions that were seen recently, and records that were created recently. A record that is missing from one
 * poll because it was being changed is still remembered: a set is dropped only once all of it is older than the overlap.
 */
export class RecentRecords {
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
		const version = versionOf(record);
		return this.seen.has(version) || this.earlier.seen.has(version);
	}

	hasCreated({ id }: QualificationRecord): boolean {
		return this.created.has(id) || this.earlier.created.has(id);
	}

	addSeen(record: QualificationRecord): void {
		this.seen.add(versionOf(record));
	}

	addCreated({ id }: QualificationRecord): void {
		this.created.add(id);
	}

	/**
	 * @param start where the next poll starts to read
	 * @param latest the time of the latest change in these sets
	 */
	forgetBefore(start: number, latest: number): void {
		if (start <= this.earlier.until) return;
		this.earlier = { until: latest, seen: this.seen, created: this.created };
		this.seen = new Fingerprints();
		this.created = new Fingerprints();
	}

	store(maxChars: MaxChars): Required<Pick<TriggerState, 'seen' | 'created' | 'earlier'>> {
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
