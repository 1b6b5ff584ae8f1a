import { settle, succeeded } from '../../common/settle';
import type { BatchOperation } from '../../execution/operation';
import { assetNotFound, readAssets } from '../shared/assetApi';
import { assetAdapter } from '../shared/entityAdapters';
import { assetId } from '../shared/entityIds';
import { entityOutput } from '../shared/entityOutput';
import { lookUp } from '../shared/lookUp';
import { simplify } from '../shared/options';

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get asset',
	description: 'Get one asset of any type with its attribute values',
	properties: [assetId, simplify],
	async executeAll(items) {
		const [{ run }] = items;
		const ids = await Promise.all(
			items.map(async (item) => await settle(() => assetAdapter.idOf(item))),
		);
		const assets = await lookUp(
			items[0],
			succeeded(ids),
			async (chunk) => await readAssets(run, chunk),
		);
		return await Promise.all(
			items.map(async (item, index) => {
				const id = ids[index];
				if (id instanceof Error) return id;
				const asset = assets.get(id) ?? assetNotFound(id);
				return asset instanceof Error
					? asset
					: await settle(async () => await entityOutput(item, assetAdapter, [asset]));
			}),
		);
	},
};
