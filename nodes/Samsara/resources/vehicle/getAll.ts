import type { Vehicle } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { vehicleAdapter } from '../shared/entityAdapters';
import { entityOutput } from '../shared/entityOutput';
import { attributeFilters, readFilters, timeFilters } from '../shared/filters';
import { filters } from '../shared/collections';
import { pagination, readList } from '../shared/pagination';
import { simplify } from '../shared/options';
import { tagFilters } from '../shared/tags';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many vehicles',
	description:
		'Get many vehicles with their attribute values, filtered by tag, attribute, or time of change',
	properties: [
		...pagination,
		simplify,
		filters(...attributeFilters('asset'), ...timeFilters, ...tagFilters),
	],
	async execute(item) {
		const { query, keep } = await readFilters(item, 'asset');
		const vehicles = await readList<Vehicle>(item, '/fleet/vehicles', query, keep);
		return await entityOutput(item, vehicleAdapter, vehicles);
	},
};
