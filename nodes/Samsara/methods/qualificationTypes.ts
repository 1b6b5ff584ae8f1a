import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { getQualificationTypes } from './loadOptions';
import { matches } from './search';

/** Qualification types of drivers or assets, by name. */
export async function searchQualificationTypes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const types = await getQualificationTypes.call(this);
	return { results: types.filter(({ name, value }) => matches([name, String(value)], filter)) };
}
