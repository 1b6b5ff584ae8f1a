import type { SamsaraClient } from '../../api/client';
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
 * one for their owner.
 *
 * @throws Refusal for an external ID that no asset has; SamsaraFailure 404 for one that no driver has
 */
export async function withSamsaraId(
	samsara: SamsaraClient,
	{ entityType, id }: RecordDraft['owner'],
): Promise<RecordDraft['owner']> {
	if (!id.includes(':')) return { entityType, id };
	const found = await samsara.once(`owner ${entityType} ${id}`, async () =>
		entityType === 'worker' ? await driver(samsara, id) : await asset(samsara, id),
	);
	if (found) return { entityType, id: found };
	throw new Refusal(
		`'Owner' is '${id}', which no asset has as an external ID`,
		'Check the key and the value of the external ID, or pick the asset from the list.',
	);
}

async function driver(samsara: SamsaraClient, id: string): Promise<string | undefined> {
	const { data } = await samsara.get<Data<Driver>>(path`/fleet/drivers/${id}`);
	return data.id;
}

async function asset(samsara: SamsaraClient, id: string): Promise<string | undefined> {
	const { data } = await samsara.get<Data<Asset[]>>('/assets', { ids: [id] });
	return data[0]?.id;
}
