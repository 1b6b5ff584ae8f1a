import { vehicleAdapter } from '../shared/entityAdapters';
import { setAttributesOperation } from '../shared/setAttributes';

export const setAttributes = setAttributesOperation(vehicleAdapter, {
	action: 'Set attributes of vehicle',
	description: 'Set or clear attribute values of a vehicle and keep its other attributes',
});
