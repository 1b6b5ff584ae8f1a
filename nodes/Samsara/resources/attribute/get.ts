import type { ItemOperation } from '../../execution/operation';
import { assignmentRow, attributeRow } from '../../fields/attributeRow';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { attributeId, attributeIdOf } from './attributeId';
import { readAttribute } from './definitions';
import { entityType, entityTypeOf } from './entityType';

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
		const entities = (attribute.entities ?? []).map((held) => {
			const { entityId, entityName, value } = assignmentRow(attribute, held);
			return { entityId, entityName, value };
		});
		return { ...attributeRow(attribute), entities };
	},
};
