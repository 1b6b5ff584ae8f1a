import type { Driver } from '../api/types';
import { namedEntry, searchableList, type Entry } from './search';

/** Active drivers by name, with username and license number. */
export const searchDrivers = searchableList<Driver>('/fleet/drivers', driverEntry);

/** A driver by name, username and license number. */
export function driverEntry(driver: Driver): Entry {
	return namedEntry(driver, [driver.username, driver.licenseNumber]);
}
