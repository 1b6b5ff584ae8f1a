import type { ItemOperation } from '../../execution/operation';
import { assignmentRow } from '../../fields/attributeRow';
import { listing, simplify } from '../shared/listing';
import { options } from '../shared/options';
import { attributeId, attributeIdOf } from './attributeId';
import { readAttribute } from './definitions';
import { entityType, entityTypeOf } from './entityType';
import { readAssignments } from './readAssignments';

export const getAssignments: ItemOperation = {
	name: 'Get Assignments',
	value: 'getAssignments',
	action: 'Get assignments of attribute',
	description: 'Get every driver or asset that has an attribute, with its value',
	properties: [entityType, attributeId, ...listing, simplify, options()],
	async execute(item) {
		const limit = item.limit();
		const type = entityTypeOf(item);
		const attribute = await readAttribute(item.samsara, type, await attributeIdOf(item, type));
		const entities = attribute.entities?.slice(0, limit);
		if (!item.flag('simplify', true)) return entities ?? [];
		const held = await readAssignments(item, type, { ...attribute, entities });
		return held.map((entity) => assignmentRow(attribute, entity));
	},
};
