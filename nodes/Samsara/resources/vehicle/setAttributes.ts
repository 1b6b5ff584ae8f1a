import { PAGE_SIZE } from '../../api/pages';
import { path } from '../../api/path';
import type { Data, Vehicle } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { vehicleRow } from '../../fields/entityRow';
import { addMissing, assetAttributes, clearAssetAttributes, mode } from '../shared/attributesForm';
import { findInPages } from '../shared/known';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { vehicleId } from './vehicleId';

const list = { path: '/fleet/vehicles', query: { limit: PAGE_SIZE } };

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
		options(addMissing),
	],
	async executeAll(items) {
		return await setAttributesOf<Vehicle>(items, {
			entityType: 'asset',
			replaces: false,
			idOf: (item) => item.id('vehicleId', 'Vehicle'),
			readMany: async (samsara, ids) => await findInPages(samsara, [list], ids),
			readOne: async (samsara, id) =>
				(await samsara.get<Data<Vehicle>>(path`/fleet/vehicles/${id}`)).data,
			write: async (samsara, id, attributes) =>
				(await samsara.patch<Data<Vehicle>>(path`/fleet/vehicles/${id}`, { attributes })).data,
			row: vehicleRow,
		});
	},
};
