import type { World } from '../endpoint.mts';
import { clockOf } from '../settings.mts';
import type { SimulatorOptions } from '../settings.mts';
import { seedAttributes, seedExtraAttributes } from './attributes.mts';
import { seedEntities } from './entities.mts';
import { Random } from './random.mts';
import { seedRecords } from './records.mts';
import { seedTypes } from './types.mts';

const DEFAULT_RECORDS = 120;

/** Fills the state with a believable fleet: the same on every run, its dates relative to today. */
export function seedFleet(world: World, options: SimulatorOptions): void {
	const today = clockOf(world.settings);
	const random = new Random(20_936);
	seedEntities(world.state, random, options, today);
	seedAttributes(world.state, random, today);
	seedExtraAttributes(world.state, random, options.extraAttributes ?? 0);
	seedTypes(world.state, random, today);
	seedRecords(world, random, options.records ?? DEFAULT_RECORDS, today);
}
