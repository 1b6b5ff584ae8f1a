import { path } from '../../api/path';
import type { Data, Trailer } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { trailerRow } from '../../fields/entityRow';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { trailerId } from '../shared/trailerId';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get trailer',
	description: 'Get one trailer with attribute values',
	properties: [trailerId, simplify, options()],
	async execute(item) {
		const { data } = await item.run.client.get<Data<Trailer>>(
			path`/fleet/trailers/${item.id('trailerId', 'Trailer')}`,
		);
		return item.boolean('simplify', true) ? trailerRow(data) : data;
	},
};
