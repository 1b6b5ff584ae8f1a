import type { ItemOperation } from '../../execution/operation';
import { assignmentRow, attributeRow } from '../../fields/attributeRow';
import { compact } from '../../fields/flatRow';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { attributeId, attributeIdOf } from './attributeId';
import { readAttribute } from './definitions';
import { entityType, entityTypeOf } from './entityType';
import { readAssignments } from './readAssignments';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get attribute',
	description: 'Get one attribute, its allowed values, and the drivers or assets that have it',
	properties: [entityType, attributeId, simplify, options()],
	async execute(item) {
		const type = entityTypeOf(item);
		const attribute = await readAttribute(item.samsara, type, await attributeIdOf(item, type));
		if (!item.flag('simplify', true)) return attribute;
		const held = await readAssignments(item, type, attribute);
		const entities = held.map((entity) => {
			const { entityId, entityName, externalIds, value, valueUnreadable } = assignmentRow(
				attribute,
				entity,
			);
			return compact({ entityId, entityName, externalIds, value, valueUnreadable });
		});
		return { ...attributeRow(attribute), entities };
	},
};
