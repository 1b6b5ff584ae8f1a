import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchAssets } from './assets';
import { chosenEntityType } from './loadOptions';
import { searchDrivers } from './drivers';

/** The possible owners of a record: drivers, or vehicles, trailers, equipment and other assets. */
export async function searchOwners(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return chosenEntityType(this) === 'asset'
		? await searchAssets.call(this, filter, token)
		: await searchDrivers.call(this, filter, token);
}
