import type { ItemOperation } from '../../execution/operation';
import { recordId } from './helpers/locators';
import { resolveRecordId } from './helpers/resolveRecords';

export const remove: ItemOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete qualification record',
	description: 'Delete a qualification record. To be able to restore it later, archive it instead.',
	properties: [recordId],
	async execute(item) {
		const id = await resolveRecordId(item);
		await item.run.client.delete('/qualification-records', {}, { id });
		return { deleted: true, id };
	},
};
