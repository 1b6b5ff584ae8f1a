import type { IDataObject } from 'n8n-workflow';
import type { DriverPosition } from './driverReading';
import type { StoredFingerprints } from './fingerprints';
import type { StoredDrivers } from './knownDrivers';
import type { UnreadParts } from './readChanges';

/** To be raised when an earlier version of this node could not read what a later one stores. */
export const STATE_VERSION = 1;

/**
 * The most characters that each stored set may have. n8n keeps static data in one database cell, so all sets of a state
 * together stay below 256 KiB.
 */
export const MAX_STATE_CHARS = {
	recent: { seen: 100_000, created: 45_000, earlierSeen: 60_000, earlierCreated: 27_000 },
	/** The first set decides what is emitted; the second one only fills gaps. */
	due: [170_000, 70_000],
	/** While a day's reading is unfinished, the day before decides as well. */
	unfinishedDue: [120_000, 120_000],
	seenBesideDue: 8_000,
	drivers: 240_000,
} as const;

/** ID and expiration date of every active record that was due on a day, whether it was emitted or skipped. */
export interface DueOnDay {
	/** In the workflow's time zone, e.g. `2026-11-22`. */
	day: string;
	prints: StoredFingerprints;
}

/** Changes of an earlier time. */
export interface EarlierPrints {
	/** The time of the latest one, in milliseconds since 1970. */
	until: number;
	seen: StoredFingerprints;
	created: StoredFingerprints;
}

/** What polls have not read yet. */
export interface Backlog {
	unread: UnreadParts;
	/** If it arose when the trigger started or its settings changed. */
	baseline?: Baseline;
}

/** Unread records that were changed before `time`, in milliseconds since 1970, are not new. */
export interface Baseline {
	time: number;
	/** The day on which they were due, for expiry events. One that is edited before it was read looks like a new one. */
	day?: string;
	/** The `setting` that decides whether they were watched, for change events. */
	setting?: string;
}

/** What a trigger on drivers remembers. */
export interface DriverState {
	known: StoredDrivers;
	/** Samsara's time at the first poll, in milliseconds since 1970; absent if unknown. */
	since?: number;
	/** The time on n8n's clock at which all drivers were last read; absent until then. */
	completeAt?: number;
	/** How many pages they had. */
	pages: number;
	/** What is left to read of all drivers. */
	unread?: UnreadDrivers;
}

export interface UnreadDrivers {
	from: DriverPosition;
	/** The pages before it. */
	pages: number;
	/** What `readTo` is to be once everything has been read. */
	readTo: number;
}

/** What a trigger remembers between polls, in the workflow's static data. Active workflows have it stored: keep its names. */
export interface TriggerState {
	version: number;
	/** The `selectionKey` of the last poll. */
	setting: string;
	/**
	 * Everything that changed before this time was read: by Samsara's clock, in milliseconds since 1970. Version 1.0.0
	 * stored the time of n8n's clock. 0 if unknown, which only a trigger on drivers stores.
	 */
	readTo: number;
	/**
	 * The end of the first poll, if it could not read everything: what was changed before is not new. Kept until `readTo` is past
	 * it by the overlap. Only for change events.
	 */
	startedAt?: number;
	/** Record versions (ID and time of change) seen within the overlap before `readTo`, or a little longer. */
	seen?: StoredFingerprints;
	/** Records created within the overlap before `readTo`, or a little longer. Only for change events. */
	created?: StoredFingerprints;
	/** The same from before, kept until `readTo` is past it by the overlap. Version 1.0.0 did not store it. */
	earlier?: EarlierPrints;
	/** What was due when all records were last read, and the time before that, newest first. Only for expiry events. */
	due?: DueOnDay[];
	/** Version 1.0.0 did not store it. */
	backlog?: Backlog;
	/** Only for driver events. Version 1.0.0 did not store it. */
	drivers?: DriverState;
}

/** False for what earlier versions stored after reading a record without a valid time: JSON has null instead of NaN. */
export function hasTimes({ readTo, backlog }: TriggerState): boolean {
	return Number.isFinite(readTo) && (!backlog || Number.isFinite(backlog.unread.readTo));
}

/** Returns the state in a node's static data; undefined if there is none or a later version of this node stored it. */
export function stateFrom(data: IDataObject): TriggerState | undefined {
	const state = data.watch as unknown as TriggerState | undefined;
	return state?.version === STATE_VERSION ? state : undefined;
}
