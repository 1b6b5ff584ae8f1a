import type { Equipment } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { equipmentRow } from '../../fields/entityRow';
import {
	addMissingOption,
	assetAttributes,
	clearAssetAttributes,
	mode,
} from '../shared/attributeProperties';
import { equipmentAdapter } from '../shared/entityAdapters';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { betaNotice, equipmentId, readEquipmentId } from '../shared/equipmentId';

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
		options(addMissingOption),
	],
	async executeAll(items) {
		return await setAttributesOf<Equipment>(items, {
			...equipmentAdapter,
			idOf: readEquipmentId,
			row: equipmentRow,
		});
	},
};
