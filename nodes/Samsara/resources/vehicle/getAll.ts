import { collect, PAGE_SIZE } from '../../api/pagination';
import type { Vehicle } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { vehicleRow } from '../../fields/entityRow';
import { assetAttributeFilters, readFilters, timeFilters } from '../shared/filters';
import { pagination, simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { tagFilters } from '../shared/tags';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many vehicles',
	description: 'List vehicles with attribute values, by tag, attribute or time of change',
	properties: [
		...pagination,
		simplify,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [...assetAttributeFilters, ...timeFilters, ...tagFilters],
		},
		options(),
	],
	async execute(item) {
		const limit = item.limit();
		const { query, keep } = await readFilters(item, 'asset');
		const size = keep ? PAGE_SIZE : Math.min(limit ?? PAGE_SIZE, PAGE_SIZE);
		const vehicles = await collect<Vehicle>(
			item.run.client,
			'/fleet/vehicles',
			{ ...query, limit: size },
			{ limit, keep, onPartial: item.onPartial },
		);
		return item.boolean('simplify', true) ? vehicles.map(vehicleRow) : vehicles;
	},
};
