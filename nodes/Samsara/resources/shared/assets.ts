import type { INodeProperties } from 'n8n-workflow';
import { unless } from '../../common/settle';
import type { RunContext } from '../../api/runContext';
import { idsOf } from '../../common/ids';
import { collect } from '../../api/pagination';
import type { Query } from '../../api/path';
import { chunkIds } from '../../api/chunkIds';
import type { Asset } from '../../api/types';

export type AssetType = 'trailer' | 'equipment';

/** The page size of `GET /assets`. For more IDs, reading the whole list takes fewer requests. */
const ASSET_PAGE = 300;

export const includeAttributes: INodeProperties = {
	displayName: 'Include Attributes',
	name: 'includeAttributes',
	type: 'boolean',
	default: true,
	description:
		'Whether to include attribute values, which takes another request and the scope Read Assets. They are never included when Simplify is off.',
};

/** Adds attributes from the asset endpoint: the lists of trailers and equipment do not include them. */
export async function withAttributes<E extends { id?: string }>(
	run: RunContext,
	type: AssetType,
	entities: E[],
	listQuery: Query = {},
): Promise<Array<E & Pick<Asset, 'attributes'>>> {
	const ids = [...new Set(entities.map(({ id }) => String(id)))];
	const assets = await assetsById(run, type, ids, listQuery);
	return entities.map((entity) => ({
		...entity,
		attributes: assets.get(String(entity.id))?.attributes,
	}));
}

/**
 * Reads assets with their attributes, each under the ID that was passed for it. Assets without `attributes` in the response
 * are left out: they may have none, or the API may not return them for this account. If the token may not read assets,
 * the result is empty.
 */
export async function assetsWithAttributes(
	run: RunContext,
	type: AssetType | undefined,
	ids: string[],
): Promise<Map<string, Asset>> {
	const assets = await unless([403], async () => await assetsById(run, type, ids));
	return new Map([...(assets ?? [])].filter(([, { attributes }]) => Array.isArray(attributes)));
}

/** @param listQuery the filter that the entities were listed with, so that the asset list is not longer than theirs */
async function assetsById(
	run: RunContext,
	type: AssetType | undefined,
	ids: string[],
	listQuery: Query = {},
): Promise<Map<string, Asset>> {
	const include = { type, includeAttributes: true, includeExternalIds: true };
	let assets: Asset[] = [];
	if (ids.length > ASSET_PAGE) {
		assets = await collect<Asset>(run.client, '/assets', { ...include, ...listQuery });
	} else {
		for (const chunk of chunkIds(ids)) {
			assets.push(...(await collect<Asset>(run.client, '/assets', { ...include, ids: chunk })));
		}
	}
	const requestedIds = new Set(ids);
	const found = new Map<string, Asset>();
	for (const asset of assets) {
		for (const id of idsOf(asset)) if (requestedIds.has(id)) found.set(id, asset);
	}
	return found;
}
