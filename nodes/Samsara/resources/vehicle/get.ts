import { vehicleAdapter } from '../shared/entityAdapters';
import { getOperation } from '../shared/entityOperations';

export const get = getOperation(vehicleAdapter, {
	action: 'Get vehicle',
	description: 'Get one vehicle with its attribute values',
});
