import type { Trailer } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { trailerRow } from '../../fields/entityRow';
import { includeAttributes, listAssets } from '../shared/assetReading';
import { listing, simplify } from '../shared/listing';
import { options } from '../shared/options';
import { tagFilters } from '../shared/tags';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many trailers',
	description: 'List trailers with attribute values, by tag',
	properties: [
		...listing,
		simplify,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: tagFilters,
		},
		options(includeAttributes),
	],
	async execute(item) {
		return await listAssets<Trailer>(item, 'trailer', '/fleet/trailers', trailerRow);
	},
};
