import { assetAdapter } from '../shared/entityAdapters';
import { setAttributesOperation } from '../shared/setAttributes';

export const setAttributes = setAttributesOperation(assetAdapter, {
	action: 'Set attributes of asset',
	description:
		'Set or clear attribute values of an asset of any type and keep its other attributes',
});
