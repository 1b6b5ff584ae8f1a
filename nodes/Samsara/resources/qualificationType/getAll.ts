import { collect } from '../../api/pagination';
import type { QualificationType } from '../../api/types';
import { normalize } from '../../common/coercion';
import type { ItemOperation } from '../../execution/operation';
import { typeRow } from '../../fields/qualification/qualificationType';
import { entityType, readEntityType } from '../qualificationRecord/helpers/locators';
import { filters } from '../shared/collections';
import { pagination } from '../shared/pagination';
import { simplify } from '../shared/options';

const typeFilters = filters({
	displayName: 'Name Contains',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. medical',
	description: 'Only types whose name contains this text, regardless of case',
});

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many qualification types',
	description: 'List the types of qualification records that are set up in Samsara',
	properties: [entityType, ...pagination, simplify, typeFilters],
	async execute(item) {
		const name = normalize(item.collection('filters').name);
		const types = await collect<QualificationType>(
			item.run.client,
			'/qualification-types',
			{ entityType: readEntityType(item) },
			{
				limit: item.limit(),
				keep: (type) => normalize(type.name).includes(name),
				onPartial: item.onPartial,
			},
		);
		return item.boolean('simplify', true) ? types.map(typeRow) : types;
	},
};
