import { path } from '../../api/path';
import { MOST_IDS } from '../../api/portions';
import type { Data, Trailer } from '../../api/types';
import type { BatchOperation } from '../../execution/operation';
import { trailerRow } from '../../fields/entityRow';
import { assetsWithAttributes } from '../shared/assetReading';
import { addMissing, assetAttributes, clearAssetAttributes, mode } from '../shared/attributesForm';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { trailerId } from './trailerId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of trailer',
	description: 'Set or clear attribute values of a trailer and keep the other attributes',
	properties: [
		trailerId,
		assetAttributes,
		mode,
		clearAssetAttributes,
		simplify,
		options(addMissing),
	],
	async executeAll(items) {
		return await setAttributesOf<Trailer>(items, {
			entityType: 'asset',
			replaces: true,
			chunk: MOST_IDS,
			idOf: (item) => item.id('trailerId', 'Trailer'),
			readMany: async (samsara, ids) => await assetsWithAttributes(samsara, 'trailer', ids),
			readOne: async (samsara, id) =>
				(await samsara.get<Data<Trailer>>(path`/fleet/trailers/${id}`)).data,
			write: async (samsara, id, attributes) =>
				(await samsara.patch<Data<Trailer>>(path`/fleet/trailers/${id}`, { attributes })).data,
			row: trailerRow,
		});
	},
};
