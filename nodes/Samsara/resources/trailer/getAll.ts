import { collect, PAGE_SIZE } from '../../api/pages';
import type { Trailer } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { trailerRow } from '../../fields/entityRow';
import { includeAttributes, withAttributes } from '../shared/assetReading';
import { readTagFilters } from '../shared/filters';
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
		const limit = item.limit();
		const filter = await readTagFilters(item);
		const trailers = await collect<Trailer>(
			item.samsara,
			'/fleet/trailers',
			{ ...filter, limit: Math.min(limit ?? PAGE_SIZE, PAGE_SIZE) },
			{ limit, broken: item.broken },
		);
		if (!item.flag('simplify', true)) return trailers;
		if (item.collection('options').includeAttributes === false) return trailers.map(trailerRow);
		return (await withAttributes(item.samsara, 'trailer', trailers, filter)).map(trailerRow);
	},
};
