import type { Driver } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { driverAdapter } from '../shared/entityAdapters';
import { entityOutput } from '../shared/entityOutput';
import { attributeFilters, driverStatusFilter, readFilters, timeFilters } from '../shared/filters';
import { filters } from '../shared/collections';
import { pagination, readList } from '../shared/pagination';
import { simplify } from '../shared/options';
import { tagFilters } from '../shared/tags';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many drivers',
	description:
		'Get many drivers with their attribute values, filtered by status, tag, attribute, or time of change',
	properties: [
		...pagination,
		simplify,
		filters(
			...attributeFilters('driver'),
			...timeFilters,
			tagFilters[0],
			driverStatusFilter,
			tagFilters[1],
		),
	],
	async execute(item) {
		const limit = item.limit();
		const status = item.collection('filters').driverActivationStatus ?? 'active';
		const { query, keep } = await readFilters(item, 'driver');
		let drivers: Driver[] = [];
		// Samsara lists either active or deactivated drivers, and active ones unless asked otherwise.
		for (const listedStatus of ['active', 'deactivated']) {
			if (status !== 'all' && status !== listedStatus) continue;
			const remaining = limit && limit - drivers.length;
			if (remaining === 0) break;
			const driverActivationStatus = listedStatus === 'active' ? undefined : listedStatus;
			const listQuery = { ...query, driverActivationStatus };
			// Not by push: an account may have more drivers than a call has arguments.
			drivers = drivers.concat(
				await readList<Driver>(item, '/fleet/drivers', listQuery, keep, remaining),
			);
		}
		return await entityOutput(item, driverAdapter, drivers);
	},
};
