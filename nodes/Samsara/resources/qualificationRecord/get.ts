import { settle } from '../../common/settle';
import type { BatchOperation } from '../../execution/operation';
import { simplify, options } from '../shared/options';
import { recordId } from './helpers/locators';
import { lookUpOwnerNames, recordRows } from './helpers/recordRows';
import { resolveRecords } from './helpers/resolveRecords';

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get qualification record',
	description: 'Get a qualification record, such as a license or medical card, with its fields',
	properties: [recordId, simplify, options(lookUpOwnerNames)],
	async executeAll(items) {
		const records = await resolveRecords(items);
		return await Promise.all(
			records.map(async (record, index) => {
				if (record instanceof Error) return record;
				const item = items[index];
				return await settle(async () =>
					item.boolean('simplify', true) ? (await recordRows(item, [record]))[0] : record,
				);
			}),
		);
	},
};
