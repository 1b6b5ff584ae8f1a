import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Driver } from '../api/types';
import { inEditor } from './editor';
import { searchPages } from './search';

/** Active drivers by name, with username and licence number to tell two of one name apart. */
export async function searchDrivers(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await inEditor(
		this,
		async (samsara) =>
			await searchPages<Driver>(
				samsara,
				'/fleet/drivers',
				{},
				(driver) => ({
					name: [driver.name, driver.username, driver.licenseNumber].filter(Boolean).join(' · '),
					value: String(driver.id),
					keywords: Object.values(driver.externalIds ?? {}).map(String),
				}),
				filter,
				token,
			),
	);
}
