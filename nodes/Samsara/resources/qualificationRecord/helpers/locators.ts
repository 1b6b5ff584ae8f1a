import { findByAnyId, isExternalId } from '../../../common/ids';
import { getOwnerDirectory, readOwners } from '../../../api/owners';
import { qualificationTypes } from '../../../api/qualifications';
import type { RunContext } from '../../../api/runContext';
import type { OwnerEntityType, QualificationType, RecordBody } from '../../../api/types';
import { InvalidInputError } from '../../../common/errors';
import type { Item } from '../../../execution/item';
import { selectTypes } from '../../../fields/qualification/qualificationType';
import { belongsTo } from '../../shared/belongsTo';
import { locator } from '../../shared/locator';

export const entityType = belongsTo(
	'worker',
	'Whether the qualification belongs to a driver or an asset',
);

/** @throws InvalidInputError if an expression returns anything else */
export function readEntityType(item: Item): OwnerEntityType {
	return item.choice(entityType);
}

export const qualificationType = locator(
	{
		displayName: 'Qualification Type',
		name: 'qualificationType',
		description: 'The type of record, e.g. a medical card or a license',
		typeOptions: { loadOptionsDependsOn: ['entityType'] },
	},
	{
		listPlaceholder: 'Select a qualification type…',
		searchListMethod: 'searchQualificationTypes',
		id: '9814a1fa-f0c6-408b-bf85-51dc3bc71ac7',
	},
);

/**
 * Finds a qualification type by ID or name.
 *
 * @throws InvalidInputError if there is none, or if several types have the name
 */
export async function resolveType(
	run: RunContext,
	ownerType: OwnerEntityType,
	idOrName: string,
): Promise<QualificationType> {
	const types = await qualificationTypes(run, ownerType);
	const matches = selectTypes(types, [idOrName], 'Qualification Type');
	if (matches.length === 1) return matches[0];
	throw new InvalidInputError(
		`'Qualification Type' is '${idOrName}', but ${matches.length} types have this name`,
		'Choose the type from the list, or map its ID.',
	);
}

export const ownerId = locator(
	{
		displayName: 'Owner',
		name: 'ownerId',
		description: 'The driver or asset that the record belongs to',
		typeOptions: { loadOptionsDependsOn: ['entityType'] },
	},
	{
		listPlaceholder: 'Select an owner…',
		searchListMethod: 'searchOwners',
		id: '1654973',
		externalId: 'payrollId:ABFS18600',
		url: { example: '/drivers/1654973', pathRegex: '/(?:drivers|devices)/(\\d+)' },
	},
);

/**
 * Replaces an external ID of an owner with the Samsara ID: it is not documented whether records accept external IDs of
 * owners. A record must never end up with somebody else, so the owner that Samsara returns must have that very ID.
 *
 * @throws InvalidInputError if no owner has the external ID; SamsaraApiError with status 404 if no driver has it
 */
export async function resolveOwner(
	run: RunContext,
	{ entityType: ownerType, id }: RecordBody['owner'],
): Promise<RecordBody['owner']> {
	if (!isExternalId(id)) return { entityType: ownerType, id };
	const samsaraId = await run.cache.ownerIds.get(`${ownerType} ${id}`, async () => {
		const owners = await readOwners(run, ownerType, [id]);
		(await getOwnerDirectory(run, ownerType)).add(owners);
		return findByAnyId(owners, id)?.id;
	});
	if (samsaraId === undefined) throw unknownOwnerError('Owner', id, ownerType);
	return { entityType: ownerType, id: samsaraId };
}

/** @param label the label of the parameter that has the ID */
export function unknownOwnerError(
	label: string,
	id: string,
	ownerType: OwnerEntityType,
): InvalidInputError {
	return new InvalidInputError(
		`'${label}' names '${id}', but no ${ownerType === 'worker' ? 'driver' : 'asset'} has this ID`,
		"Check 'Belongs To', and that the ID or external ID belongs to this organization.",
	);
}

export const recordId = locator(
	{ displayName: 'Record', name: 'recordId', description: 'The qualification record' },
	{
		listPlaceholder: 'Select a record…',
		searchListMethod: 'searchRecords',
		id: '9814a1fa-f0c6-408b-bf85-51dc3bc71ac7',
		externalId: 'hrCardId:4711',
	},
);
