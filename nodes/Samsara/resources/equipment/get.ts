import { settle, succeeded } from '../../common/settle';
import type { BatchOperation } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/run';
import { includeAttributes, withAttributes } from '../shared/assets';
import { equipmentAdapter } from '../shared/entityAdapters';
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
		const itemsWithAttributes = items.filter(
			(item) =>
				item.boolean('simplify', true) && item.collection('options').includeAttributes !== false,
		);
		const equipmentToComplete = succeeded(
			responses.filter((_, index) => itemsWithAttributes.includes(items[index])),
		);
		const completed = await settle(
			async () => await withAttributes(run, 'equipment', equipmentToComplete),
		);
		return responses.map((equipment, index) => {
			const item = items[index];
			if (equipment instanceof Error || !item.boolean('simplify', true)) return equipment;
			if (!itemsWithAttributes.includes(item)) return equipmentAdapter.row(equipment);
			if (completed instanceof Error) return completed;
			return equipmentAdapter.row(completed[equipmentToComplete.indexOf(equipment)]);
		});
	},
};
