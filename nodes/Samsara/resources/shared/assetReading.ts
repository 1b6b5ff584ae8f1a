import type { INodeProperties } from 'n8n-workflow';
import { definitionsOf } from '../../api/attributes';
import type { SamsaraClient } from '../../api/client';
import { SamsaraFailure } from '../../api/failure';
import { idsOf } from '../../api/ids';
import { collect } from '../../api/pages';
import type { Query } from '../../api/path';
import type { Asset, AttributeValues, AttributeWithEntities } from '../../api/types';
import { asError } from '../../asError';
import { readAttribute } from '../attribute/definitions';

type AssetType = 'trailer' | 'equipment';

/** IDs that one call names. */
export const ASSET_IDS = 100;

/** A page of `GET /assets`; for more IDs than this, the whole list costs fewer calls. */
const ASSET_PAGE = 300;

export const includeAttributes: INodeProperties = {
	displayName: 'Include Attributes',
	name: 'includeAttributes',
	type: 'boolean',
	default: true,
	description:
		'Whether to read attribute values too, which takes a further call and the scope Read Assets. Without Simplify they are never read.',
};

/** The entities with the attributes that their assets have: the lists of trailers and equipment leave them out. */
export async function withAttributes<E extends { id?: string }>(
	samsara: SamsaraClient,
	type: AssetType,
	entities: E[],
	narrowed: Query = {},
): Promise<Array<E & Pick<Asset, 'attributes'>>> {
	const ids = [...new Set(entities.map(({ id }) => String(id)))];
	const assets = await assetsById(samsara, type, ids, narrowed);
	return entities.map((entity) => ({
		...entity,
		attributes: assets.get(String(entity.id))?.attributes,
	}));
}

/**
 * Assets whose attributes are known, under the IDs asked for. One that comes without any `attributes` is left out: it
 * may have none, or the account's API may not tell them. So are all where the token may not read assets.
 */
export async function assetsWithAttributes(
	samsara: SamsaraClient,
	type: AssetType,
	ids: string[],
): Promise<Map<string, Asset>> {
	try {
		const assets = await assetsById(samsara, type, ids);
		return new Map([...assets].filter(([, { attributes }]) => Array.isArray(attributes)));
	} catch (error) {
		if (error instanceof SamsaraFailure && error.status === 403) return new Map();
		throw asError(error);
	}
}

/** The attributes of an asset as their definitions list them: a call a definition, once a run. */
export async function heldAttributes(
	samsara: SamsaraClient,
	entityId: string,
): Promise<AttributeValues[]> {
	const all = await samsara.once('attributes with assets', async () => {
		const read: AttributeWithEntities[] = [];
		for (const { id = '' } of await definitionsOf(samsara, 'asset')) {
			read.push(await readAttribute(samsara, 'asset', id));
		}
		return read;
	});
	return all.flatMap(({ id, name, entities = [] }) =>
		entities
			.filter((entity) => String(entity.entityId) === entityId)
			.map(({ stringValues, numberValues, dateValues }) => ({
				id,
				name,
				stringValues,
				numberValues,
				dateValues,
			})),
	);
}

/** @param narrowed the filter that the entities were listed with, so that the whole list is no longer than theirs */
async function assetsById(
	samsara: SamsaraClient,
	type: AssetType,
	ids: string[],
	narrowed: Query = {},
): Promise<Map<string, Asset>> {
	const include = { type, includeAttributes: true, includeExternalIds: true };
	const assets: Asset[] = [];
	if (ids.length > ASSET_PAGE) {
		assets.push(...(await collect<Asset>(samsara, '/assets', { ...include, ...narrowed })));
	} else {
		for (let from = 0; from < ids.length; from += ASSET_IDS) {
			const some = ids.slice(from, from + ASSET_IDS);
			assets.push(...(await collect<Asset>(samsara, '/assets', { ...include, ids: some })));
		}
	}
	const wanted = new Set(ids);
	const found = new Map<string, Asset>();
	for (const asset of assets) {
		for (const id of idsOf(asset)) if (wanted.has(id)) found.set(id, asset);
	}
	return found;
}
