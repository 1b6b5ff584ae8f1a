import { path } from '../../api/path';
import type { Data, Equipment } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/run';
import { equipmentRow } from '../../fields/entityRow';
import { includeAttributes, withAttributes } from '../shared/assets';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { equipmentId, readEquipmentId } from '../shared/equipmentId';

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get equipment',
	description: 'Get one piece of equipment with attribute values',
	properties: [equipmentId, simplify, options(includeAttributes)],
	async executeAll(items) {
		const [{ n8n, run }] = items;
		const responses = await mapWithConcurrency(
			items,
			concurrency(n8n),
			n8n.continueOnFail(),
			async (item) =>
				(await run.client.get<Data<Equipment>>(path`/fleet/equipment/${readEquipmentId(item)}`))
					.data,
		);
		const itemsWithAttributes = items.filter(
			(item) =>
				item.boolean('simplify', true) && item.collection('options').includeAttributes !== false,
		);
		const equipmentToComplete = itemsWithAttributes
			.map((item) => responses[item.index])
			.filter((entity): entity is Equipment => entity !== undefined && !(entity instanceof Error));
		const [completed] = await mapWithConcurrency([equipmentToComplete], 1, true, async () =>
			withAttributes(run, 'equipment', equipmentToComplete),
		);
		return await mapWithConcurrency(items, 1, true, async (item) => {
			const equipment = responses[item.index];
			if (equipment === undefined || equipment instanceof Error) throw equipment;
			if (!item.boolean('simplify', true)) return equipment;
			if (!itemsWithAttributes.includes(item)) return equipmentRow(equipment);
			if (completed instanceof Error) throw completed;
			return equipmentRow(completed[equipmentToComplete.indexOf(equipment)]);
		});
	},
};
