import type { ItemOperation } from '../../execution/operation';
import { driverId } from '../shared/driverId';
import { driverAdapter } from '../shared/entityAdapters';
import { options, simplify } from '../shared/options';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get driver',
	description: 'Get one driver with its attribute values',
	properties: [driverId, simplify, options()],
	async execute(item) {
		const driver = await driverAdapter.read(item.run, driverAdapter.idOf(item));
		return item.boolean('simplify', true) ? driverAdapter.row(driver) : driver;
	},
};
