import { path } from '../../api/path';
import type { ItemOperation } from '../../execution/operation';
import { attributeId, resolveAttributeId } from './helpers/attributeId';
import { entityType, entityTypeOf } from './helpers/entityType';

export const remove: ItemOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete attribute',
	description: 'Permanently delete an attribute and its values on all drivers or assets',
	properties: [entityType, attributeId],
	async execute(item) {
		const type = entityTypeOf(item);
		await item.run.client.delete(path`/attributes/${await resolveAttributeId(item, type)}`, {
			entityType: type,
		});
		return { deleted: true };
	},
};
