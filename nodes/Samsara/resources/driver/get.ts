import { driverAdapter } from '../shared/entityAdapters';
import { getOperation } from '../shared/entityOperations';

export const get = getOperation(driverAdapter, {
	action: 'Get driver',
	description: 'Get one driver with its attribute values',
});
