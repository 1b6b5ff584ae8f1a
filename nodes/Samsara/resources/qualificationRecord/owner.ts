import type { SamsaraClient } from '../../api/client';
import { bearerOf } from '../../api/ids';
import { path } from '../../api/path';
import type { Asset, Data, Driver, OwnerEntityType, RecordDraft } from '../../api/types';
import type { Item } from '../../execution/item';
import { Refusal } from '../../refusal';

const ENTITY_TYPES: readonly OwnerEntityType[] = ['worker', 'asset'];

/** @throws Refusal */
export function entityTypeOf(item: Item): OwnerEntityType {
	return item.choice('entityType', 'Entity Type', ENTITY_TYPES);
}

/**
 * An owner by its Samsara ID. An external ID is looked up once a run, since it is not documented whether records take
 * one for their owner. A record on somebody else is worse than none, so what comes back has to bear that very ID.
 *
 * @throws Refusal for an external ID that nobody has; SamsaraFailure 404 for one that no driver has
 */
export async function withSamsaraId(
	samsara: SamsaraClient,
	{ entityType, id }: RecordDraft['owner'],
): Promise<RecordDraft['owner']> {
	if (!id.includes(':')) return { entityType, id };
	const found = await samsara.once(`owner ${entityType} ${id}`, async () => {
		const owner = bearerOf(await answered(samsara, entityType, id), id);
		return owner && String(owner.id);
	});
	if (found) return { entityType, id: found };
	const kind = entityType === 'worker' ? 'driver' : 'asset';
	throw new Refusal(
		`'Owner' is '${id}', which no ${kind} has as an external ID`,
		`Check the key and the value of the external ID, or pick the ${kind} from the list.`,
	);
}

async function answered(
	samsara: SamsaraClient,
	entityType: OwnerEntityType,
	id: string,
): Promise<Array<Driver | Asset>> {
	if (entityType === 'worker') {
		const { data } = await samsara.get<Data<Driver>>(path`/fleet/drivers/${id}`);
		return [data];
	}
	const query = { ids: [id], includeExternalIds: true };
	return (await samsara.get<Data<Asset[]>>('/assets', query)).data;
}
