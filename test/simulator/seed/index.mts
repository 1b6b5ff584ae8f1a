import type { Backend } from '../endpoint.mts';
import { clockOf } from '../settings.mts';
import type { SimulatorOptions } from '../settings.mts';
import { seedAttributes, seedExtraAttributes } from './attributes.mts';
import { seedEntities } from './entities.mts';
import { Random } from './random.mts';
import { seedRecords } from './records.mts';
import { seedTypes } from './types.mts';

const DEFAULT_RECORDS = 120;

/** Fills the state with a realistic fleet that is the same on every run, with dates relative to today. */
export function seedFleet(backend: Backend, options: SimulatorOptions): void {
	const today = clockOf(backend.settings);
	const random = new Random(20_936);
	seedEntities(backend.state, random, options, today);
	seedAttributes(backend.state, random, today);
	seedExtraAttributes(backend.state, random, options.extraAttributes ?? 0);
	seedTypes(backend.state, random, today);
	seedRecords(backend, random, options.records ?? DEFAULT_RECORDS, today);
}
