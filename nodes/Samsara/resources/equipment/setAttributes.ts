import { path } from '../../api/path';
import { MOST_IDS } from '../../api/portions';
import type { Data, Equipment } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { equipmentRow } from '../../fields/entityRow';
import { assetsWithAttributes, heldAttributes } from '../shared/assetReading';
import { addMissing, assetAttributes, clearAssetAttributes, mode } from '../shared/attributesForm';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { betaNotice, equipmentId, readEquipmentId } from './equipmentId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of equipment',
	description: 'Set or clear attribute values of equipment and keep the other attributes',
	properties: [
		betaNotice,
		equipmentId,
		assetAttributes,
		mode,
		clearAssetAttributes,
		simplify,
		options(addMissing),
	],
	async executeAll(items) {
		return await setAttributesOf<Equipment>(items, {
			entityType: 'asset',
			replaces: true,
			chunk: MOST_IDS,
			idOf: readEquipmentId,
			readMany: async (samsara, ids) => await assetsWithAttributes(samsara, 'equipment', ids),
			async readOne(samsara, id) {
				const target = path`/fleet/equipment/${id}`;
				const asset = (await assetsWithAttributes(samsara, 'equipment', [id])).get(id);
				if (asset) return asset;
				const { data } = await samsara.get<Data<Equipment>>(target);
				return { id, attributes: await heldAttributes(samsara, data.id ?? id) };
			},
			write: async (samsara, id, attributes) =>
				(await samsara.patch<Data<Equipment>>(path`/beta/fleet/equipment/${id}`, { attributes }))
					.data,
			row: equipmentRow,
		});
	},
};
