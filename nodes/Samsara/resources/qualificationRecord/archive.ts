import type { ItemOperation } from '../../execution/operation';
import { recordId } from './helpers/locators';
import { resolveRecordId } from './helpers/resolveRecords';

export const archive: ItemOperation = {
	name: 'Archive',
	value: 'archive',
	action: 'Archive qualification record',
	description:
		'Archive a qualification record, e.g. one that a newer record replaces. You can unarchive it later.',
	properties: [recordId],
	async execute(item) {
		const id = await resolveRecordId(item);
		await item.run.client.post('/qualification-records/archive', { id });
		return { id, archived: true };
	},
};
