import type { Attribute } from '../../api/types';
import { toText } from '../../common/coercion';
import type { ItemOperation } from '../../execution/operation';
import { attributeRow } from '../../fields/attribute/attributeRow';
import { attributeTypes, attributeTypeOption } from '../../fields/attribute/attributeTypes';
import { filters } from '../shared/collections';
import { pagination, readList } from '../shared/pagination';
import { simplify } from '../shared/options';
import { entityType, entityTypeOf } from './helpers/entityType';

const attributeFilters = filters(
	{
		displayName: 'Name Contains',
		name: 'nameContains',
		type: 'string',
		default: '',
		placeholder: 'e.g. License',
		description: 'Only return attributes with this text in their name, in any case',
	},
	{
		displayName: 'Types',
		name: 'attributeTypes',
		type: 'multiOptions',
		options: attributeTypes,
		default: [],
		description: 'Only return attributes of these types',
	},
);

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many attributes',
	description:
		'Get many attributes of drivers or assets, without the drivers and assets that have them',
	properties: [entityType, ...pagination, simplify, attributeFilters],
	async execute(item) {
		const filterValues = item.collection('filters');
		const nameContains = toText(filterValues.nameContains).toLowerCase();
		const types = Array.isArray(filterValues.attributeTypes)
			? filterValues.attributeTypes.map(String)
			: [];
		const keep = (attribute: Attribute) =>
			(attribute.name ?? '').toLowerCase().includes(nameContains) &&
			(types.length === 0 || types.includes(attributeTypeOption(attribute)));
		const isFiltered = nameContains !== '' || types.length > 0;
		const attributes = await readList<Attribute>(
			item,
			'/attributes',
			{ entityType: entityTypeOf(item) },
			isFiltered ? keep : undefined,
		);
		return item.boolean('simplify', true) ? attributes.map(attributeRow) : attributes;
	},
};
