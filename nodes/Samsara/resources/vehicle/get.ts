import { path } from '../../api/path';
import type { Data, Vehicle } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { vehicleRow } from '../../fields/entityRow';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { vehicleId } from '../shared/vehicleId';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get vehicle',
	description: 'Get one vehicle with attribute values',
	properties: [vehicleId, simplify, options()],
	async execute(item) {
		const { data } = await item.run.client.get<Data<Vehicle>>(
			path`/fleet/vehicles/${item.id('vehicleId', 'Vehicle')}`,
		);
		return item.boolean('simplify', true) ? vehicleRow(data) : data;
	},
};
