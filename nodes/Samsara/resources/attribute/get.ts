import type { ItemOperation } from '../../execution/operation';
import { assignedEntityRow, attributeRow } from '../../fields/attribute/attributeRow';
import { simplify } from '../shared/options';
import { attributeId, resolveAttributeId } from './helpers/attributeId';
import { readAttribute } from '../shared/attributeApi';
import { entityType, entityTypeOf } from './helpers/entityType';
import { readAssignments } from './helpers/readAssignments';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get attribute',
	description: 'Get one attribute with its allowed values and the drivers or assets that have it',
	properties: [entityType, attributeId, simplify],
	async execute(item) {
		const type = entityTypeOf(item);
		const attribute = await readAttribute(item.run, type, await resolveAttributeId(item, type));
		if (!item.boolean('simplify', true)) return attribute;
		const assignments = await readAssignments(item, type, attribute);
		return { ...attributeRow(attribute), entities: assignments.map(assignedEntityRow) };
	},
};
