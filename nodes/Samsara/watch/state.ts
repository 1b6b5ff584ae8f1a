import type { IDataObject } from 'n8n-workflow';
import type { StoredFingerprints } from './fingerprints';

/** Raised when a later version stores something that an earlier one cannot read. */
export const STATE_VERSION = 1;

/**
 * What the two sets of a state may take, in characters. n8n keeps static data in one database cell; together they stay
 * below 256 KiB. The first set decides what is told, the second one only mends gaps.
 */
export const ROOM = [170_000, 70_000] as const;

/** Record and expiration date of every active record that was due on a day: told, or passed over at the start. */
export interface DueOnDay {
	/** In the workflow's time zone: `2026-11-22`. */
	day: string;
	prints: StoredFingerprints;
}

/** What a trigger remembers between polls, in the workflow's static data. */
export interface WatchState {
	version: number;
	/** What the trigger was set to when it last polled. */
	setting: string;
	/** Up to here the stream was read, milliseconds since 1970. */
	readTo: number;
	/** Versions of records (id and time of change) seen within the overlap before `readTo`. Only where changes are watched. */
	seen?: StoredFingerprints;
	/** Records created within the overlap before `readTo`. Only where changes are watched. */
	created?: StoredFingerprints;
	/** What was due at the last two full readings, newest first. Only where expiry is watched. */
	due?: DueOnDay[];
}

/** The state in a node's static data, or undefined when there is none or a later version of this node wrote it. */
export function stateFrom(data: IDataObject): WatchState | undefined {
	const state = data.watch as unknown as WatchState | undefined;
	return state?.version === STATE_VERSION ? state : undefined;
}
