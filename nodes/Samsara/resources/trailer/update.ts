import { trailerAdapter } from '../shared/entityAdapters';
import { updateOperation } from '../shared/entityOperations';
import { trailerFields, trailerFieldSpecs, updateOnlyFields } from './helpers/fields';

export const update = updateOperation(
	trailerAdapter,
	{
		action: 'Update trailer',
		description: 'Update some fields of a trailer. Other fields stay as they are.',
	},
	[...updateOnlyFields, ...trailerFields],
	trailerFieldSpecs,
);
