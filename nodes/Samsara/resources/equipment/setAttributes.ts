import { equipmentAdapter } from '../shared/entityAdapters';
import { setAttributesOperation } from '../shared/setAttributes';

export const setAttributes = setAttributesOperation(equipmentAdapter, {
	action: 'Set attributes of equipment',
	description:
		'Set or clear attribute values of a piece of equipment and keep its other attributes',
});
