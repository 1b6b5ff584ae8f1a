import { path } from '../../api/path';
import type { ItemOperation } from '../../execution/operation';
import { trailerAdapter } from '../shared/entityAdapters';
import { trailerId } from '../shared/entityIds';

export const remove: ItemOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete trailer',
	description: 'Delete a trailer permanently',
	properties: [trailerId],
	async execute(item) {
		await item.run.client.delete(path`/fleet/trailers/${trailerAdapter.idOf(item)}`);
		return { deleted: true };
	},
};
