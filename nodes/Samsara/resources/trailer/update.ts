import type { ItemOperation } from '../../execution/operation';
import { trailerAdapter } from '../shared/entityAdapters';
import { simplify, options, byName } from '../shared/options';
import { clearFields, readFields } from '../shared/updateFields';
import { requireChange } from '../shared/updateHelpers';
import { trailerFields, trailerFieldSpecs } from './helpers/fields';
import { trailerId } from '../shared/trailerId';

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update trailer',
	description: 'Update some fields of a trailer. Other fields stay as they are.',
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
				clearFields(trailerFieldSpecs),
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
					description:
						'The current reading in meters. Samsara adds the GPS distance to it from then on.',
				},
				...trailerFields,
			]),
		},
		options(),
	],
	async execute(item) {
		const id = trailerAdapter.idOf(item);
		const changes = await readFields(item, 'updateFields', trailerFieldSpecs);
		requireChange(changes);
		const trailer = await trailerAdapter.update(item.run, id, changes);
		return item.boolean('simplify', true) ? trailerAdapter.row(trailer) : trailer;
	},
};
