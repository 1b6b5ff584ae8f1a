import type { Driver } from '../api/types';
import { searchableList } from './search';

/** Active drivers by name, with username and license number to distinguish drivers with the same name. */
export const searchDrivers = searchableList<Driver>('/fleet/drivers', (driver) => ({
	name: [driver.name, driver.username, driver.licenseNumber].filter(Boolean).join(' · '),
	value: String(driver.id),
	keywords: Object.values(driver.externalIds ?? {}).map(String),
}));
