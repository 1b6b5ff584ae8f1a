import type { Vehicle } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { vehicleRow } from '../../fields/entityRow';
import {
	addMissingOption,
	assetAttributes,
	clearAssetAttributes,
	mode,
} from '../shared/attributeProperties';
import { vehicleAdapter } from '../shared/entityAdapters';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { vehicleId } from '../shared/vehicleId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of vehicle',
	description: 'Set or clear attribute values of a vehicle and keep the other attributes',
	properties: [
		vehicleId,
		assetAttributes,
		mode,
		clearAssetAttributes,
		simplify,
		options(addMissingOption),
	],
	async executeAll(items) {
		return await setAttributesOf<Vehicle>(items, {
			...vehicleAdapter,
			idOf: (item) => item.id('vehicleId', 'Vehicle'),
			row: vehicleRow,
		});
	},
};
