import type { Data, Trailer } from '../../api/types';
import { createOperation } from '../shared/createEntity';
import { trailerAdapter } from '../shared/entityAdapters';
import { trailerFields, trailerFieldSpecs, nameInput } from './helpers/fields';

export const create = createOperation(
	trailerAdapter,
	{ action: 'Create trailer', description: 'Create a trailer with attribute values' },
	{
		noun: 'a trailer',
		nameInput,
		fields: trailerFields,
		specs: trailerFieldSpecs,
		create: async (run, body, find) =>
			(await run.client.create<Data<Trailer>>('/fleet/trailers', body, find)).data,
	},
);
