import { path } from '../../api/path';
import type { Data, Trailer } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { trailerRow } from '../../fields/entityRow';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { clearFields, readFields } from '../shared/updateFields';
import { byName, requireChange } from '../shared/updateHelpers';
import { trailerFields, trailerMembers } from './helpers/fields';
import { trailerId } from '../shared/trailerId';

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update trailer',
	description: 'Change what is given of a trailer and keep the rest',
	properties: [
		trailerId,
		simplify,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: byName([
				clearFields(trailerMembers),
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Trailer 7',
				},
				{
					displayName: 'Odometer (Meters)',
					name: 'odometerMeters',
					type: 'number',
					default: 0,
					description: 'The reading in meters; from then on Samsara adds the distance by GPS',
				},
				...trailerFields,
			]),
		},
		options(),
	],
	async execute(item) {
		const target = path`/fleet/trailers/${item.id('trailerId', 'Trailer')}`;
		const change = await readFields(item, 'updateFields', trailerMembers);
		requireChange(change);
		const { data } = await item.run.client.patch<Data<Trailer>>(target, change);
		return item.boolean('simplify', true) ? trailerRow(data) : data;
	},
};
