import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { readAttributeOrder } from '../api/attributes';
import { clock } from '../api/clock';
import type { RunContext } from '../api/runContext';
import type { Driver } from '../api/types';
import { alignColumns } from '../common/alignColumns';
import { InvalidInputError } from '../common/errors';
import { DAY_MS } from '../fields/dates';
import { driverColumns, entityRows } from '../fields/entityRow';
import { FIRST_DRIVER, NewestDrivers, readDrivers } from './driverReading';
import { hasWatchedChange, readDriverSettings, type DriverSettings } from './driverSettings';
import { detectDrivers, sortByTime, type ChangedDriver } from './drivers';
import type { Watch } from './watch';

/** How many days back to look for a sample; finally, all drivers are read. */
const SAMPLE_DAYS = [1, 30, 365, undefined];

/** Watches drivers. */
export function driverWatch(n8n: IPollFunctions): (run: RunContext) => Promise<Watch> {
	const resolveSettings = readDriverSettings(n8n);
	return async (run) => {
		const settings = await resolveSettings(run);
		return {
			sample: async () => await rowsOf(run, settings, [await findSample(run, settings)]),
			async detect(previous, { isTimeUp }) {
				const same = previous?.setting === settings.selectionKey ? previous : undefined;
				const { changed, state } = await detectDrivers(run, settings.event, same, isTimeUp);
				const emitted = changed.filter(
					(change) => settings.isWatched(change.driver) && hasWatchedChange(settings, change),
				);
				const rows = await rowsOf(run, settings, emitted);
				return { rows, state: { setting: settings.selectionKey, ...state } };
			},
		};
	};
}

/** The driver that was created or changed last, as if the first of the watched changes had been made. */
async function findSample(run: RunContext, settings: DriverSettings): Promise<ChangedDriver> {
	const { event, isWatched, parts } = settings;
	const filter = event === 'driverCreated' ? 'createdAfterTime' : 'updatedAfterTime';
	for (const days of SAMPLE_DAYS) {
		const time = days && new Date(clock.now() - days * DAY_MS).toISOString();
		const drivers = new NewestDrivers();
		await readDrivers(run.client, drivers, { [filter]: time }, FIRST_DRIVER, () => false);
		const watched = drivers.list().filter(isWatched);
		const [latest] = sortByTime(
			watched.map((driver) => ({ driver, parts: parts.length > 0 ? [parts[0]] : ['name'] })),
			event,
		).reverse();
		if (latest) return latest;
	}
	throw new InvalidInputError(
		'Samsara has no matching driver to use as a sample',
		'Change the filters, or create a driver in Samsara. An active workflow does not need a sample.',
	);
}

async function rowsOf(
	run: RunContext,
	{ event, simplify }: DriverSettings,
	changed: ChangedDriver[],
): Promise<IDataObject[]> {
	if (changed.length === 0) return [];
	const changes = new Map(
		changed.map(({ driver, parts = null }) => [
			driver,
			event === 'driverUpdated' ? { event, changed: parts } : { event },
		]),
	);
	const drivers = [...changes.keys()];
	if (!simplify)
		return drivers.map((driver) => ({ ...changes.get(driver), driver }) as unknown as IDataObject);
	const columnsOf = (driver: Driver) => ({ ...changes.get(driver), ...driverColumns(driver) });
	const rows = entityRows(drivers, columnsOf, await readAttributeOrder(run, 'driver'));
	const first = Object.fromEntries(
		Object.keys(changes.get(drivers[0])!).map((name) => [name, null]),
	);
	return alignColumns(
		rows.map((row) => ({ ...first, ...row })),
		() => event,
	);
}
