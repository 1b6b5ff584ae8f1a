import { toError, SamsaraApiError } from '../common/errors';
import type { RunContext } from './runContext';
import { getOwnerDirectory, type Owner } from './owners';
import type { OwnerEntityType, QualificationRecord } from './types';

/** The key of a record's owner in the result of `recordOwners`. */
export function ownerKey({ owner }: Pick<QualificationRecord, 'owner'>): string {
	return `${owner.entityType} ${owner.id}`;
}

interface OwnerLookup {
	/** Receives the failure if owners could not be read. */
	onFailure?: (failure: Error, entityType: OwnerEntityType) => void;
	/** No failure matters any more. */
	isOptional?: boolean;
	/** There may be only a few records, so that pages of all owners would take longer. */
	areFew?: boolean;
	/** True leaves out the owners that have not been read yet. */
	isTimeUp?: () => boolean;
}

/**
 * The owners of records, by `ownerKey`. If the token may not read drivers or assets, or an owner does not exist, they are
 * absent and the records can still be used.
 *
 * @throws SamsaraApiError for any other failure
 */
export async function recordOwners(
	run: RunContext,
	records: Iterable<Pick<QualificationRecord, 'owner'>>,
	{ onFailure, isOptional = false, areFew = false, isTimeUp = () => false }: OwnerLookup = {},
): Promise<Map<string, Owner>> {
	const found = new Map<string, Owner>();
	const owners = [...records].map(({ owner }) => owner);
	for (const entityType of ['worker', 'asset'] as const) {
		const ofType = owners.filter((owner) => owner.entityType === entityType);
		const ids = [...new Set(ofType.map(({ id }) => id))];
		if (ids.length === 0 || isTimeUp()) continue;
		const directory = await getOwnerDirectory(run, entityType);
		try {
			await (areFew ? directory.readByIds(ids, isTimeUp) : directory.find(ids, isTimeUp));
		} catch (error) {
			if (!isOptional && !isAbsence(error, areFew)) throw toError(error);
			onFailure?.(toError(error), entityType);
		}
		for (const [id, owner] of directory.known(ids))
			found.set(ownerKey({ owner: { entityType, id } }), owner);
	}
	return found;
}

/** By ID, Samsara may refuse an owner who was deleted; a list just does not have that owner. */
function isAbsence(error: unknown, isById: boolean): boolean {
	const statuses = isById ? [400, 403, 404] : [403];
	return error instanceof SamsaraApiError && statuses.includes(error.status);
}
