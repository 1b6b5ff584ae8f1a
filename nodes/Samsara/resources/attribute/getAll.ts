import type { INodeProperties } from 'n8n-workflow';
import { collect, PAGE_SIZE } from '../../api/pages';
import type { Attribute } from '../../api/types';
import { toText } from '../../toText';
import type { ItemOperation } from '../../execution/operation';
import { attributeRow } from '../../fields/attributeRow';
import { attributeTypes, typeChoice } from '../../fields/attributeTypes';
import { listing, simplify } from '../shared/listing';
import { options } from '../shared/options';
import { entityType, entityTypeOf } from './entityType';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Name Contains',
			name: 'nameContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. License',
			description: 'Only attributes with this text in their name, whatever its case',
		},
		{
			displayName: 'Types',
			name: 'attributeTypes',
			type: 'multiOptions',
			options: attributeTypes,
			default: [],
			description: 'Only attributes of these types',
		},
	],
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many attributes',
	description: 'List the attributes of drivers or of assets, without who has them',
	properties: [entityType, ...listing, simplify, filters, options()],
	async execute(item) {
		const limit = item.limit();
		const chosen = item.collection('filters');
		const text = toText(chosen.nameContains).toLowerCase();
		const types = Array.isArray(chosen.attributeTypes) ? chosen.attributeTypes.map(String) : [];
		const keep = (attribute: Attribute) =>
			(attribute.name ?? '').toLowerCase().includes(text) &&
			(types.length === 0 || types.includes(typeChoice(attribute)));
		const filtered = text !== '' || types.length > 0;
		const rows = await collect<Attribute>(
			item.samsara,
			'/attributes',
			{
				entityType: entityTypeOf(item),
				limit: filtered ? PAGE_SIZE : Math.min(limit ?? PAGE_SIZE, PAGE_SIZE),
			},
			{ limit, keep, broken: item.broken },
		);
		return item.flag('simplify', true) ? rows.map(attributeRow) : rows;
	},
};
