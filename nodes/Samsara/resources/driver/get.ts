import type { Driver } from '../../api/types';
import { path } from '../../api/path';
import type { ItemOperation } from '../../execution/operation';
import { driverRow } from '../../fields/entityRow';
import { options } from '../shared/options';
import { simplify } from '../shared/pagination';
import { driverId } from '../shared/driverId';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get driver',
	description: 'Get one driver with attribute values',
	properties: [driverId, simplify, options()],
	async execute(item) {
		const { data } = await item.run.client.get<{ data: Driver }>(
			path`/fleet/drivers/${item.id('driverId', 'Driver')}`,
		);
		return item.boolean('simplify', true) ? driverRow(data) : data;
	},
};
