import type { SamsaraClient } from './client';
import { collect, PAGE_SIZE } from './pagination';
import type { Attribute, AttributeEntityType } from './types';

/** Every attribute of drivers or assets, read once a run. */
export async function readDefinitions(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
): Promise<Attribute[]> {
	return await samsara.memoize(
		`attributes ${entityType}`,
		async () => await collect<Attribute>(samsara, '/attributes', { entityType, limit: PAGE_SIZE }),
	);
}
