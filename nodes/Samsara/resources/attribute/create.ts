import type { ItemOperation } from '../../execution/operation';
import { attributeRow } from '../../fields/attributeRow';
import { inTurn } from '../shared/inTurn';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { createAttribute, draftOf, requireFreeName, requireValues, turnOf } from './definition';
import { entities, readEntities } from './entities';
import { entityType } from './entityType';
import { attributeType, name, numbers, quantity, unit, values } from './form';

export const create: ItemOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create attribute',
	description: 'Create an attribute for drivers or assets, and give it to some of them if you like',
	properties: [
		entityType,
		name,
		attributeType,
		quantity,
		values,
		numbers,
		unit,
		entities,
		simplify,
		options(),
	],
	async execute(item) {
		const { samsara } = item;
		const draft = draftOf(item);
		requireValues(draft);
		const assigned = readEntities(
			draft,
			item.value<unknown>('entities', {}),
			item.n8n.getTimezone(),
		);
		const created = await inTurn(samsara, turnOf(draft), async () => {
			await requireFreeName(samsara, draft.entityType, draft.name);
			return await createAttribute(samsara, draft, assigned);
		});
		return item.flag('simplify', true) ? attributeRow(created) : created;
	},
};
