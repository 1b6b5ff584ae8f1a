import type { ItemOperation } from '../../execution/operation';
import { vehicleId } from '../shared/vehicleId';
import { vehicleAdapter } from '../shared/entityAdapters';
import { options, simplify } from '../shared/options';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get vehicle',
	description: 'Get one vehicle with its attribute values',
	properties: [vehicleId, simplify, options()],
	async execute(item) {
		const vehicle = await vehicleAdapter.read(item.run, vehicleAdapter.idOf(item));
		return item.boolean('simplify', true) ? vehicleAdapter.row(vehicle) : vehicle;
	},
};
