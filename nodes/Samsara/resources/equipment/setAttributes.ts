import type { BatchOperation } from '../../execution/operation';
import {
	addMissingOption,
	assetAttributes,
	clearAssetAttributes,
	otherAttributes,
} from '../shared/attributeProperties';
import { equipmentAdapter } from '../shared/entityAdapters';
import { simplify, options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { betaNotice, equipmentId } from '../shared/equipmentId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of equipment',
	description:
		'Set or clear attribute values of a piece of equipment and keep its other attributes',
	properties: [
		betaNotice,
		equipmentId,
		assetAttributes,
		otherAttributes,
		clearAssetAttributes,
		simplify,
		options(addMissingOption),
	],
	async executeAll(items) {
		return await setAttributesOf(items, equipmentAdapter);
	},
};
