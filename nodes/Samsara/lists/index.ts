import { searchDrivers } from './drivers';

/** Pick lists. */
export const listSearch = { searchDrivers };

/** Choices of drop-downs. */
export const loadOptions = {};

/** Forms drawn from the account. */
export const resourceMapping = {};
