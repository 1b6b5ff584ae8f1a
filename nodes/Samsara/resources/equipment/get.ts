import { settle, succeeded } from '../../common/settle';
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
			async (item) => ({
				hasAttributes:
					item.boolean('simplify', true) && item.collection('options').includeAttributes !== false,
				equipment: await equipmentAdapter.read(run, equipmentAdapter.idOf(item)),
			}),
		);
		const found = succeeded(responses)
			.filter(({ hasAttributes }) => hasAttributes)
			.map(({ equipment }) => equipment);
		const completed = await settle(async () => await withAttributes(run, 'equipment', found));
		return await Promise.all(
			responses.map(async (response, index) => {
				if (response instanceof Error) return response;
				const { hasAttributes, equipment } = response;
				if (hasAttributes && completed instanceof Error) return completed;
				const entity =
					hasAttributes && !(completed instanceof Error)
						? completed[found.indexOf(equipment)]
						: equipment;
				return await entityOutput(items[index], equipmentAdapter, [entity], hasAttributes);
			}),
		);
	},
};
