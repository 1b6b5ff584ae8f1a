import type { Driver } from '../api/types';
import { searchableList } from './search';

/** Active drivers by name, with username and licence number to tell two of one name apart. */
export const searchDrivers = searchableList<Driver>('/fleet/drivers', (driver) => ({
	name: [driver.name, driver.username, driver.licenseNumber].filter(Boolean).join(' · '),
	value: String(driver.id),
	keywords: Object.values(driver.externalIds ?? {}).map(String),
}));
