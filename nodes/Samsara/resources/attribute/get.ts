import type { ItemOperation } from '../../execution/operation';
import { assignmentRow, attributeRow } from '../../fields/attribute/attributeRow';
import { compact } from '../../fields/flatRow';
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
		const entities = assignments.map((entity) => {
			const { entityId, entityName, externalIds, value, valueUnreadable } = assignmentRow(
				attribute,
				entity,
			);
			return compact({ entityId, entityName, externalIds, value, valueUnreadable });
		});
		return { ...attributeRow(attribute), entities };
	},
};
