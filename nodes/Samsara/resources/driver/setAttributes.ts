import type { BatchOperation } from '../../execution/operation';
import {
	addMissingOption,
	clearDriverAttributes,
	driverAttributes,
	otherAttributes,
} from '../shared/attributeProperties';
import { driverAdapter } from '../shared/entityAdapters';
import { simplify, options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { driverId } from '../shared/driverId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of driver',
	description: 'Set or clear attribute values of a driver and keep the other attributes',
	properties: [
		driverId,
		driverAttributes,
		otherAttributes,
		clearDriverAttributes,
		simplify,
		options(addMissingOption),
	],
	async executeAll(items) {
		return await setAttributesOf(items, driverAdapter);
	},
};
