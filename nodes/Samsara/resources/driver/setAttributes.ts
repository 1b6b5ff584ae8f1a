import { driverAdapter } from '../shared/entityAdapters';
import { setAttributesOperation } from '../shared/setAttributes';

export const setAttributes = setAttributesOperation(driverAdapter, {
	action: 'Set attributes of driver',
	description: 'Set or clear attribute values of a driver and keep the other attributes',
});
