import type { ItemOperation } from '../../execution/operation';
import { trailerId } from '../shared/trailerId';
import { trailerAdapter } from '../shared/entityAdapters';
import { options, simplify } from '../shared/options';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get trailer',
	description: 'Get one trailer with its attribute values',
	properties: [trailerId, simplify, options()],
	async execute(item) {
		const trailer = await trailerAdapter.read(item.run, trailerAdapter.idOf(item));
		return item.boolean('simplify', true) ? trailerAdapter.row(trailer) : trailer;
	},
};
