import type { ItemOperation } from '../../execution/operation';
import { recordId } from './helpers/locators';
import { resolveRecordId } from './helpers/resolveRecords';

export const unarchive: ItemOperation = {
	name: 'Unarchive',
	value: 'unarchive',
	action: 'Unarchive qualification record',
	description: 'Make an archived qualification record active again',
	properties: [recordId],
	async execute(item) {
		const id = await resolveRecordId(item);
		await item.run.client.post('/qualification-records/unarchive', { id });
		return { id, unarchived: true };
	},
};
