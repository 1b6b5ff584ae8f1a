import type { Equipment } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { equipmentRow } from '../../fields/entityRow';
import { addMissing, assetAttributes, clearAssetAttributes, mode } from '../shared/attributesForm';
import { equipmentAdapter } from '../shared/entityAdapters';
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
			...equipmentAdapter,
			idOf: readEquipmentId,
			row: equipmentRow,
		});
	},
};
