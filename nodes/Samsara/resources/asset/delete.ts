import type { ItemOperation } from '../../execution/operation';
import { deleteAsset } from '../shared/assetApi';
import { assetAdapter } from '../shared/entityAdapters';
import { assetId } from '../shared/entityIds';

export const remove: ItemOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete asset',
	description: 'Delete a vehicle, trailer, piece of equipment, or other asset permanently',
	properties: [assetId],
	async execute(item) {
		await deleteAsset(item.run, assetAdapter.idOf(item));
		return { deleted: true };
	},
};
