import type { RunContext } from '../../../api/runContext';
import { findByAnyId } from '../../../api/ids';
import { path } from '../../../api/path';
import type { Asset, Data, Driver, OwnerEntityType, RecordBody } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { InvalidInputError } from '../../../common/errors';

const ENTITY_TYPES: readonly OwnerEntityType[] = ['worker', 'asset'];

/** @throws InvalidInputError */
export function entityTypeOf(item: Item): OwnerEntityType {
	return item.choice('entityType', 'Entity Type', ENTITY_TYPES);
}

/**
 * An owner by its Samsara ID. An external ID is looked up once a run, since it is not documented whether records take
 * one for their owner. A record on somebody else is worse than none, so what comes back has to bear that very ID.
 *
 * @throws InvalidInputError for an external ID that nobody has; SamsaraApiError 404 for one that no driver has
 */
export async function resolveOwner(
	run: RunContext,
	{ entityType, id }: RecordBody['owner'],
): Promise<RecordBody['owner']> {
	if (!id.includes(':')) return { entityType, id };
	const samsaraId = await run.cache.ownerIds.get(`${entityType} ${id}`, async () => {
		const owner = findByAnyId(await readCandidates(run, entityType, id), id);
		return owner && String(owner.id);
	});
	if (samsaraId) return { entityType, id: samsaraId };
	const entityLabel = entityType === 'worker' ? 'driver' : 'asset';
	throw new InvalidInputError(
		`'Owner' is '${id}', which no ${entityLabel} has as an external ID`,
		`Check the key and the value of the external ID, or pick the ${entityLabel} from the list.`,
	);
}

async function readCandidates(
	run: RunContext,
	entityType: OwnerEntityType,
	id: string,
): Promise<Array<Driver | Asset>> {
	if (entityType === 'worker') {
		const { data } = await run.client.get<Data<Driver>>(path`/fleet/drivers/${id}`);
		return [data];
	}
	const query = { ids: [id], includeExternalIds: true };
	return (await run.client.get<Data<Asset[]>>('/assets', query)).data;
}
