import { trailerAdapter } from '../shared/entityAdapters';
import { getOperation } from '../shared/entityOperations';

export const get = getOperation(trailerAdapter, {
	action: 'Get trailer',
	description: 'Get one trailer with its attribute values',
});
