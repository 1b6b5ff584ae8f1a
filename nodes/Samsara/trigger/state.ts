import type { IDataObject } from 'n8n-workflow';
import type { StoredFingerprints } from './fingerprints';

/** Raised when a later version stores something that an earlier one cannot read. */
export const STATE_VERSION = 1;

/**
 * What the sets of a state may take, in characters: n8n keeps static data in one database cell, and all sets of a state
 * together stay below 256 KiB.
 */
export const MAX_STATE_CHARS = {
	recent: { seen: 100_000, created: 45_000, earlierSeen: 60_000, earlierCreated: 27_000 },
	/** The first set decides what is emitted, the second one only mends gaps. */
	due: [170_000, 70_000],
	seenBesideDue: 8_000,
} as const;

/** Record and expiration date of every active record that was due on a day: told, or passed over at the start. */
export interface DueOnDay {
	/** In the workflow's time zone: `2026-11-22`. */
	day: string;
	prints: StoredFingerprints;
}

/** Changes of an earlier time. */
export interface RecentPrints {
	/** None is newer, milliseconds since 1970. */
	until: number;
	seen: StoredFingerprints;
	created: StoredFingerprints;
}

/** What a trigger remembers between polls, in the workflow's static data. */
export interface TriggerState {
	version: number;
	/** What the trigger was set to when it last polled. */
	setting: string;
	/** What changed before that was read: by Samsara's clock, milliseconds since 1970. Version 1.0.0 wrote n8n's time. */
	readTo: number;
	/** Versions of records (id and time of change) seen within the overlap before `readTo`, or a little longer. */
	seen?: StoredFingerprints;
	/** Records created within the overlap before `readTo`, or a little longer. Only where changes are watched. */
	created?: StoredFingerprints;
	/** The same from before, kept until `readTo` is past it by the overlap. Version 1.0.0 has none. */
	earlier?: RecentPrints;
	/** What was due at the last two full readings, newest first. Only where expiry is watched. */
	due?: DueOnDay[];
}

/** The state in a node's static data, or undefined when there is none or a later version of this node wrote it. */
export function stateFrom(data: IDataObject): TriggerState | undefined {
	const state = data.watch as unknown as TriggerState | undefined;
	return state?.version === STATE_VERSION ? state : undefined;
}
