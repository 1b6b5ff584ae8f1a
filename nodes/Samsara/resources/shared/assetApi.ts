import type { FindCreated } from '../../api/client';
import { readInHalves } from '../../api/chunkIds';
import { collect } from '../../api/pagination';
import type { RunContext } from '../../api/runContext';
import type { Asset, Data } from '../../api/types';
import { SamsaraApiError } from '../../common/errors';
import { findByAnyId, ownIdOf } from '../../common/ids';
import { settle } from '../../common/settle';

/** `GET /assets` leaves these out unless asked. */
export const INCLUDE_ALL = { includeExternalIds: true, includeTags: true, includeAttributes: true };

/**
 * Assets, or why one could not be read, each under the Samsara ID or external ID that was passed for it; those not found
 * are absent.
 *
 * @param ids as many as fit into one call
 */
export async function readAssets(
	run: RunContext,
	ids: string[],
): Promise<Map<string, Asset | Error>> {
	const { found, failures } = await readInHalves(
		ids,
		async (some) => await collect<Asset>(run.client, '/assets', { ...INCLUDE_ALL, ids: some }),
	);
	const assets = new Map<string, Asset | Error>(failures);
	for (const id of ids) {
		const asset = findByAnyId(found, id);
		if (asset) assets.set(id, asset);
	}
	return assets;
}

/** Reads one asset. There is no such call, so that an unknown ID gives an empty list. @throws SamsaraApiError 404 */
export async function readAsset(run: RunContext, id: string): Promise<Asset> {
	const asset = (await readAssets(run, [id])).get(id) ?? assetNotFound(id);
	if (asset instanceof Error) throw asset;
	return asset;
}

/** What a call for one asset would fail with. */
export function assetNotFound(id: string): SamsaraApiError {
	return new SamsaraApiError({
		reason: 'status',
		status: 404,
		endpoint: 'GET /assets',
		message: `Samsara has no asset with the ID '${id}'`,
		description:
			'Pick one from the list, or check that the ID belongs to this organization and was not deleted.',
	});
}

/** Updates an asset: arrays replace, members that are left out stay. */
export async function updateAsset(run: RunContext, id: string, changes: object): Promise<Asset> {
	const query = { id: await ownIdOf(id, async (externalId) => await readAsset(run, externalId)) };
	return (await run.client.patch<Data<Asset>>('/assets', changes, query)).data;
}

/** Creates an asset. @param find finds it if the response was lost */
export async function createAsset(
	run: RunContext,
	body: object,
	find?: FindCreated<Data<Asset>>,
): Promise<Asset> {
	return (await run.client.create<Data<Asset>>('/assets', body, find)).data;
}

/** Deletes an asset. */
export async function deleteAsset(run: RunContext, id: string): Promise<void> {
	const ownId = await ownIdOf(id, async (externalId) => await readAsset(run, externalId));
	await run.client.delete('/assets', { id: ownId });
}

/**
 * An asset with everything that GET returns on request: whether responses to writes include it is not documented. What
 * they do include is newer.
 */
export async function completeAsset(run: RunContext, asset: Asset): Promise<Asset> {
	if (asset.attributes && asset.tags && asset.externalIds) return asset;
	const read = await settle(async () => await readAsset(run, asset.id));
	return read instanceof Error ? asset : { ...read, ...asset };
}
