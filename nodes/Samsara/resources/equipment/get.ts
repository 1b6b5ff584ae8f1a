import { path } from '../../api/path';
import type { Data, Equipment } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { concurrency, each } from '../../execution/run';
import { equipmentRow } from '../../fields/entityRow';
import { includeAttributes, withAttributes } from '../shared/assetReading';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { equipmentId, readEquipmentId } from './equipmentId';

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get equipment',
	description: 'Get one piece of equipment with attribute values',
	properties: [equipmentId, simplify, options(includeAttributes)],
	async executeAll(items) {
		const [{ n8n, samsara }] = items;
		const read = await each(
			items,
			concurrency(n8n),
			n8n.continueOnFail(),
			async (item) =>
				(await samsara.get<Data<Equipment>>(path`/fleet/equipment/${readEquipmentId(item)}`)).data,
		);
		const wanted = items.filter(
			(item) =>
				item.flag('simplify', true) && item.collection('options').includeAttributes !== false,
		);
		const bare = wanted
			.map((item) => read[item.index])
			.filter((entity): entity is Equipment => entity !== undefined && !(entity instanceof Error));
		const [full] = await each([bare], 1, true, async () =>
			withAttributes(samsara, 'equipment', bare),
		);
		return await each(items, 1, true, async (item) => {
			const equipment = read[item.index];
			if (equipment === undefined || equipment instanceof Error) throw equipment;
			if (!item.flag('simplify', true)) return equipment;
			if (!wanted.includes(item)) return equipmentRow(equipment);
			if (full instanceof Error) throw full;
			return equipmentRow(full[bare.indexOf(equipment)]);
		});
	},
};
