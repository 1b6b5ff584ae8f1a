import type { Asset } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { createAsset } from '../shared/assetApi';
import { createOperation } from '../shared/createEntity';
import { assetAdapter } from '../shared/entityAdapters';
import { assetFields, assetFieldSpecs, assetType, nameInput } from './helpers/fields';

export const create = createOperation(
	assetAdapter,
	{
		action: 'Create asset',
		description:
			'Create a vehicle, trailer, piece of equipment, or other asset with attribute values',
	},
	{
		noun: 'an asset',
		nameInput,
		choice: assetType,
		fields: assetFields,
		specs: assetFieldSpecs,
		create: createAsset,
		checkExisting,
	},
);

/** An external ID of a vehicle must not turn it into a trailer. */
function checkExisting(existing: Asset, { type }: { type?: string }): void {
	if (existing.type === undefined || existing.type === type) return;
	throw new InvalidInputError(
		`'Type' is '${type}', but the asset with this external ID is '${existing.type}'`,
		"Correct 'Type' or the external ID. To change the type of an asset, use the operation Update.",
	);
}
