import { trailerAdapter } from '../shared/entityAdapters';
import { setAttributesOperation } from '../shared/setAttributes';

export const setAttributes = setAttributesOperation(trailerAdapter, {
	action: 'Set attributes of trailer',
	description: 'Set or clear attribute values of a trailer and keep its other attributes',
});
