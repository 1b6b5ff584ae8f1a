import { settle } from '../common/settle';
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

/** The attributes of the account in their order; empty if they cannot be read, since the rows are complete without it. */
export async function readAttributeOrder(
	run: RunContext,
	entityType: AttributeEntityType,
): Promise<Attribute[]> {
	return await run.cache.attributeOrder.get(entityType, async () => {
		const definitions = await settle(async () => await readDefinitions(run, entityType));
		return definitions instanceof Error ? [] : definitions;
	});
}
