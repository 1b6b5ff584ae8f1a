import type { RunContext } from './runContext';
import { collect, PAGE_SIZE } from './pagination';
import type { Attribute, AttributeEntityType } from './types';

/** Every attribute of drivers or assets, read once per run. */
export async function readDefinitions(
	run: RunContext,
	entityType: AttributeEntityType,
): Promise<Attribute[]> {
	return await run.cache.attributes.get(
		entityType,
		async () =>
			await collect<Attribute>(run.client, '/attributes', { entityType, limit: PAGE_SIZE }),
	);
}
