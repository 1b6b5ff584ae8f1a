import type { Driver } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { driverRow } from '../../fields/entityRow';
import {
	addMissing,
	clearDriverAttributes,
	driverAttributes,
	mode,
} from '../shared/attributesForm';
import { driverAdapter } from '../shared/entityAdapters';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { driverId } from './driverId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of driver',
	description: 'Set or clear attribute values of a driver and keep the other attributes',
	properties: [
		driverId,
		driverAttributes,
		mode,
		clearDriverAttributes,
		simplify,
		options(addMissing),
	],
	async executeAll(items) {
		return await setAttributesOf<Driver>(items, {
			...driverAdapter,
			idOf: (item) => item.id('driverId', 'Driver'),
			row: driverRow,
		});
	},
};
