import { PAGE_SIZE } from '../../api/pages';
import { path } from '../../api/path';
import type { Data, Driver } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { driverRow } from '../../fields/entityRow';
import {
	addMissing,
	clearDriverAttributes,
	driverAttributes,
	mode,
} from '../shared/attributesForm';
import { findInPages } from '../shared/known';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { driverId } from './driverId';

const list = { path: '/fleet/drivers', query: { limit: PAGE_SIZE } };
const deactivated = {
	path: '/fleet/drivers',
	query: { limit: PAGE_SIZE, driverActivationStatus: 'deactivated' },
};

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
			entityType: 'driver',
			replaces: false,
			idOf: (item) => item.id('driverId', 'Driver'),
			readMany: async (samsara, ids) => await findInPages(samsara, [list, deactivated], ids),
			readOne: async (samsara, id) =>
				(await samsara.get<Data<Driver>>(path`/fleet/drivers/${id}`)).data,
			write: async (samsara, id, attributes) =>
				(await samsara.patch<Data<Driver>>(path`/fleet/drivers/${id}`, { attributes })).data,
			row: driverRow,
		});
	},
};
