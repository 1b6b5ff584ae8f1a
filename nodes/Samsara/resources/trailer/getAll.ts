import type { ItemOperation } from '../../execution/operation';
import { includeAttributes } from '../shared/assets';
import { trailerAdapter } from '../shared/entityAdapters';
import { listAssets } from '../shared/entityOutput';
import { filters } from '../shared/collections';
import { pagination } from '../shared/pagination';
import { simplify, options } from '../shared/options';
import { tagFilters } from '../shared/tags';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many trailers',
	description: 'Get many trailers with their attribute values, filtered by tag',
	properties: [...pagination, simplify, filters(...tagFilters), options(includeAttributes)],
	async execute(item) {
		return await listAssets(item, trailerAdapter, 'trailer', '/fleet/trailers');
	},
};
