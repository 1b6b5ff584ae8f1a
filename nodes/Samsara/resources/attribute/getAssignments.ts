import type { ItemOperation } from '../../execution/operation';
import { assignedEntityRow } from '../../fields/attribute/attributeRow';
import { compact } from '../../fields/flatRow';
import { pagination } from '../shared/pagination';
import { simplify } from '../shared/options';
import { attributeId, resolveAttributeId } from './helpers/attributeId';
import { readAttribute } from '../shared/attributeApi';
import { entityType, entityTypeOf } from './helpers/entityType';
import { readAssignments } from './helpers/readAssignments';

export const getAssignments: ItemOperation = {
	name: 'Get Assignments',
	value: 'getAssignments',
	action: 'Get assignments of attribute',
	description: 'Get all drivers or assets that have an attribute, with their values',
	properties: [entityType, attributeId, ...pagination, simplify],
	async execute(item) {
		const limit = item.limit();
		const type = entityTypeOf(item);
		const attribute = await readAttribute(item.run, type, await resolveAttributeId(item, type));
		const entities = attribute.entities?.slice(0, limit);
		if (!item.boolean('simplify', true)) return entities ?? [];
		const assignments = await readAssignments(item, type, { ...attribute, entities });
		const columns = compact({ attributeId: attribute.id, attributeName: attribute.name });
		return assignments.map((entity) => ({ ...columns, ...assignedEntityRow(entity) }));
	},
};
