import type { RunContext } from '../api/runContext';
import { clock, SERVER_SKEW_MS } from '../api/clock';
import type { Driver } from '../api/types';
import { FIRST_DRIVER, NewestDrivers, readDrivers, timeOf } from './driverReading';
import { KnownDrivers, type DriverChange } from './knownDrivers';
import { OVERLAP_MS } from './readChanges';
import { MAX_STATE_CHARS, type DriverState, type TriggerState } from './state';

export type DriverEvent = 'driverCreated' | 'driverUpdated';

export interface ChangedDriver extends Pick<DriverChange, 'parts'> {
	driver: Driver;
}

/** Reading so many pages takes as many calls as reading only updated drivers. */
const MAX_SMALL_PAGES = 2;

/** How much time must have passed per page since all drivers were last read. */
const MS_PER_PAGE = 6_000;

/**
 * Detects the drivers that were created or changed since the last poll, oldest first: each once, in its newest version. The
 * first poll emits none and only remembers existing drivers.
 *
 * Whether Samsara counts a change of attributes as an update is not documented, so polls compare all drivers with what is
 * remembered of them. With more than two pages, polls in between read only those that Samsara lists as updated.
 *
 * - created: the driver is not remembered, and is younger than the trigger
 * - updated: the driver differs from what is remembered, or was changed after its creation and before it was first seen
 */
export async function detectDrivers(
	run: RunContext,
	event: DriverEvent,
	previous: TriggerState | undefined,
	isTimeUp: () => boolean,
): Promise<{ changed: ChangedDriver[]; state: Pick<TriggerState, 'readTo' | 'drivers'> }> {
	const { client } = run;
	const last = previous?.drivers;
	const lastReadTo = previous?.readTo ?? 0;
	const startedAt = clock.now();
	const samsaraTime = () => client.timeAtSamsara(startedAt);
	const drivers = new NewestDrivers();
	const next: Omit<DriverState, 'known'> & { readTo: number } = {
		readTo: lastReadTo,
		since: last?.since,
		completeAt: last?.completeAt,
		pages: last?.pages ?? 0,
	};
	const isWhole = !last || last.unread !== undefined || isWholeDue(last, lastReadTo, startedAt);
	if (isWhole) {
		const from = last?.unread?.from ?? FIRST_DRIVER;
		const left = await readDrivers(client, drivers, {}, from, isTimeUp);
		const readTo = last?.unread?.readTo ?? samsaraTime() ?? 0;
		const pages = (last?.unread?.pages ?? 0) + drivers.pages;
		if (left) next.unread = { from: left, pages, readTo };
		else Object.assign(next, { readTo, pages, completeAt: startedAt });
	} else {
		const query = { updatedAfterTime: new Date(lastReadTo - OVERLAP_MS).toISOString() };
		const left = await readDrivers(client, drivers, query, FIRST_DRIVER, isTimeUp);
		next.readTo = samsaraTime() ?? 0;
		// So much has changed that all drivers are read, in as many polls as that takes.
		if (left) next.unread = { from: FIRST_DRIVER, pages: 0, readTo: next.readTo };
	}
	if (!last) next.since = samsaraTime();

	const known = KnownDrivers.from(last?.known);
	const changed: ChangedDriver[] = [];
	for (const driver of drivers.list()) {
		const { parts, ...change } = known.compare(driver);
		if (!change.isKnown || change.isChanged) known.remember(driver);
		if (last && hasHappened(event, driver, change, last)) changed.push({ driver, parts });
	}
	const { readTo, ...rest } = next;
	return {
		changed: sortByTime(changed, event),
		state: { readTo, drivers: { ...rest, known: known.store(MAX_STATE_CHARS.drivers) } },
	};
}

/** A clock that was set back counts as time that has passed. */
function isWholeDue(
	{ completeAt = -Infinity, pages }: DriverState,
	readTo: number,
	now: number,
): boolean {
	const isSmall = pages <= MAX_SMALL_PAGES;
	return isSmall || readTo === 0 || Math.abs(now - completeAt) >= pages * MS_PER_PAGE;
}

function hasHappened(
	event: DriverEvent,
	{ createdAtTime, updatedAtTime }: Driver,
	{ isKnown, isChanged }: Pick<DriverChange, 'isKnown' | 'isChanged'>,
	{ since, completeAt }: DriverState,
): boolean {
	if (isKnown) return event === 'driverUpdated' && isChanged;
	const [createdAt, updatedAt] = [timeOf(createdAtTime), timeOf(updatedAtTime)];
	if (event === 'driverUpdated')
		return since !== undefined && updatedAt >= since && updatedAt > createdAt + SERVER_SKEW_MS;
	const isDated = since !== undefined && !Number.isNaN(createdAt);
	return isDated ? createdAt >= since - SERVER_SKEW_MS : completeAt !== undefined;
}

/** Oldest first. Without a time, a driver is last. */
export function sortByTime(changed: ChangedDriver[], event: DriverEvent): ChangedDriver[] {
	const time = ({ driver }: ChangedDriver) =>
		timeOf(event === 'driverCreated' ? driver.createdAtTime : driver.updatedAtTime) || Infinity;
	return changed.sort((a, b) => time(a) - time(b) || 0);
}
