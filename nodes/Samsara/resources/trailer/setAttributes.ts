import type { BatchOperation } from '../../execution/operation';
import {
	addMissingOption,
	assetAttributes,
	clearAssetAttributes,
	otherAttributes,
} from '../shared/attributeProperties';
import { trailerAdapter } from '../shared/entityAdapters';
import { simplify, options } from '../shared/options';
import { setAttributesOf } from '../shared/setAttributes';
import { trailerId } from '../shared/trailerId';

export const setAttributes: BatchOperation = {
	name: 'Set Attributes',
	value: 'setAttributes',
	action: 'Set attributes of trailer',
	description: 'Set or clear attribute values of a trailer and keep its other attributes',
	properties: [
		trailerId,
		assetAttributes,
		otherAttributes,
		clearAssetAttributes,
		simplify,
		options(addMissingOption),
	],
	async executeAll(items) {
		return await setAttributesOf(items, trailerAdapter);
	},
};
