import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Asset } from '../api/types';
import { searchDrivers } from './drivers';
import { inEditor } from './editor';
import { chosenEntityType } from './qualificationTypes';
import { searchPages } from './search';

/** Whom a record may belong to: drivers, or vehicles, trailers, equipment and other assets. */
export async function searchOwners(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return chosenEntityType(this) === 'asset'
		? await searchAssets.call(this, filter, token)
		: await searchDrivers.call(this, filter, token);
}

/** Assets by name, with what they are and VIN or serial number to tell two of one name apart. */
async function searchAssets(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await inEditor(
		this,
		async (samsara) =>
			await searchPages<Asset>(
				samsara,
				'/assets',
				// This list takes no page size.
				{ limit: undefined, includeExternalIds: true },
				(asset) => ({
					name: [asset.name, asset.type, asset.vin ?? asset.serialNumber ?? asset.licensePlate]
						.filter(Boolean)
						.join(' · '),
					value: asset.id,
					keywords: [asset.licensePlate, ...Object.values(asset.externalIds ?? {}).map(String)],
				}),
				filter,
				token,
			),
	);
}
