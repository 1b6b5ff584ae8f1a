import { collect, PAGE_SIZE } from '../../api/pages';
import type { Equipment } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { equipmentRow } from '../../fields/entityRow';
import { includeAttributes, withAttributes } from '../shared/assetReading';
import { readTagFilters } from '../shared/filters';
import { listing, simplify } from '../shared/listing';
import { options } from '../shared/options';
import { tagFilters } from '../shared/tags';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many equipment',
	description: 'List equipment with attribute values, by tag',
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
		const equipment = await collect<Equipment>(
			item.samsara,
			'/fleet/equipment',
			{ ...filter, limit: Math.min(limit ?? PAGE_SIZE, PAGE_SIZE) },
			{ limit, broken: item.broken },
		);
		if (!item.flag('simplify', true)) return equipment;
		if (item.collection('options').includeAttributes === false) return equipment.map(equipmentRow);
		return (await withAttributes(item.samsara, 'equipment', equipment, filter)).map(equipmentRow);
	},
};
