import type { SamsaraClient } from './client';
import { collect, PAGE_SIZE } from './pages';
import type { Attribute, AttributeEntityType } from './types';

/** Every attribute of drivers or assets, read once a run. */
export async function definitionsOf(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
): Promise<Attribute[]> {
	return await samsara.once(
		`attributes ${entityType}`,
		async () => await collect<Attribute>(samsara, '/attributes', { entityType, limit: PAGE_SIZE }),
	);
}
