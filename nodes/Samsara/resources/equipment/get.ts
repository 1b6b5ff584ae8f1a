import { settle, succeeded } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/concurrency';
import { includeAttributes, withAttributes } from '../shared/assets';
import { equipmentAdapter } from '../shared/entityAdapters';
import { entityOutput } from '../shared/entityOutput';
import { simplify, options } from '../shared/options';
import { equipmentId } from '../shared/entityIds';

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get equipment',
	description: 'Get one piece of equipment with its attribute values',
	properties: [equipmentId, simplify, options(includeAttributes)],
	async executeAll(items) {
		const [{ n8n, run }] = items;
		const responses = await mapWithConcurrency(
			items,
			concurrency(n8n),
			n8n.continueOnFail(),
			async (item) => await equipmentAdapter.read(run, equipmentAdapter.idOf(item)),
		);
		const hasAttributes = (item: Item) =>
			item.boolean('simplify', true) && item.collection('options').includeAttributes !== false;
		const found = succeeded(responses.filter((_, index) => hasAttributes(items[index])));
		const completed = await settle(async () => await withAttributes(run, 'equipment', found));
		return await Promise.all(
			responses.map(async (equipment, index) => {
				const item = items[index];
				if (equipment instanceof Error) return equipment;
				if (!hasAttributes(item))
					return await entityOutput(item, equipmentAdapter, [equipment], false);
				if (completed instanceof Error) return completed;
				return await entityOutput(item, equipmentAdapter, [completed[found.indexOf(equipment)]]);
			}),
		);
	},
};
