import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchAssets } from './assets';
import { chosenEntityType } from './loadOptions';
import { searchDrivers } from './drivers';

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
