import { assetAdapter } from '../shared/entityAdapters';
import { updateOperation } from '../shared/entityOperations';
import { assetFields, assetFieldSpecs, assetType, nameInput } from './helpers/fields';

export const update = updateOperation(
	assetAdapter,
	{
		action: 'Update asset',
		description: 'Update some fields of an asset of any type. Other fields stay as they are.',
	},
	[nameInput, assetType, ...assetFields],
	assetFieldSpecs,
);
