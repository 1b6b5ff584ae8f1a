import type { BatchOperation } from '../../execution/operation';
import {
	addMissingOption,
	assetAttributes,
	clearAssetAttributes,
	otherAttributes,
} from '../shared/attributeProperties';
import { vehicleAdapter } from '../shared/entityAdapters';
import { simplify, options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { vehicleId } from '../shared/vehicleId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of vehicle',
	description: 'Set or clear attribute values of a vehicle and keep its other attributes',
	properties: [
		vehicleId,
		assetAttributes,
		otherAttributes,
		clearAssetAttributes,
		simplify,
		options(addMissingOption),
	],
	async executeAll(items) {
		return await setAttributesOf(items, vehicleAdapter);
	},
};
