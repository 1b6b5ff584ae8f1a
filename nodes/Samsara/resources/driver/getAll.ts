import { collect, PAGE_SIZE } from '../../api/pagination';
import type { Driver } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { driverRow } from '../../fields/entityRow';
import { driverAttributeFilters, readFilters, timeFilters } from '../shared/filters';
import { pagination, simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { tagFilters } from '../shared/tags';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many drivers',
	description: 'List drivers with attribute values, by status, tag, attribute or time of change',
	properties: [
		...pagination,
		simplify,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				...driverAttributeFilters,
				...timeFilters,
				tagFilters[0],
				{
					displayName: 'Status',
					name: 'driverActivationStatus',
					type: 'options',
					options: [
						{ name: 'Active', value: 'active' },
						{ name: 'All', value: 'all' },
						{ name: 'Deactivated', value: 'deactivated' },
					],
					default: 'active',
					description: 'Which drivers to list; active ones if nothing is chosen',
				},
				tagFilters[1],
			],
		},
		options(),
	],
	async execute(item) {
		const limit = item.limit();
		const status = item.collection('filters').driverActivationStatus ?? 'active';
		const { query, keep } = await readFilters(item, 'driver');
		const drivers: Driver[] = [];
		for (const driverActivationStatus of ['active', 'deactivated'] as const) {
			if (status !== 'all' && status !== driverActivationStatus) continue;
			if (limit !== undefined && drivers.length >= limit) break;
			const remaining = limit === undefined ? undefined : limit - drivers.length;
			const pageQuery = {
				...query,
				limit: keep ? PAGE_SIZE : Math.min(remaining ?? PAGE_SIZE, PAGE_SIZE),
				driverActivationStatus:
					driverActivationStatus === 'active' ? undefined : driverActivationStatus,
			};
			drivers.push(
				...(await collect<Driver>(item.run.client, '/fleet/drivers', pageQuery, {
					limit: remaining,
					keep,
					onPartial: item.onPartial,
				})),
			);
		}
		return item.boolean('simplify', true) ? drivers.map(driverRow) : drivers;
	},
};
