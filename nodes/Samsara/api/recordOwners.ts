import { toError, SamsaraApiError } from '../common/errors';
import type { RunContext } from './runContext';
import { getOwnerDirectory, type Owner } from './owners';
import type { OwnerEntityType, QualificationRecord } from './types';

/** The key of a record's owner in the result of `recordOwners`. */
export function ownerKey({ owner }: Pick<QualificationRecord, 'owner'>): string {
	return `${owner.entityType} ${owner.id}`;
}

/**
 * The owners of records, by `ownerKey`. If the token may not read drivers or assets, they are absent and the records can
 * still be used.
 *
 * @param onFailure receives the failure if owners could not be read
 * @param afterWrite the records were just written: no failure matters any more, and there may be only a few of them, so
 * that pages of all owners would take longer
 * @throws SamsaraApiError for any other failure
 */
export async function recordOwners(
	run: RunContext,
	records: Iterable<Pick<QualificationRecord, 'owner'>>,
	onFailure?: (failure: Error, entityType: OwnerEntityType) => void,
	afterWrite = false,
): Promise<Map<string, Owner>> {
	const found = new Map<string, Owner>();
	const owners = [...records].map(({ owner }) => owner);
	for (const entityType of ['worker', 'asset'] as const) {
		const ofType = owners.filter((owner) => owner.entityType === entityType);
		const ids = [...new Set(ofType.map(({ id }) => id))];
		if (ids.length === 0) continue;
		const directory = await getOwnerDirectory(run, entityType);
		try {
			await (afterWrite ? directory.readByIds(ids) : directory.find(ids));
		} catch (error) {
			const isForbidden = error instanceof SamsaraApiError && error.status === 403;
			if (!afterWrite && !isForbidden) throw toError(error);
			onFailure?.(toError(error), entityType);
		}
		for (const [id, owner] of directory.known(ids))
			found.set(ownerKey({ owner: { entityType, id } }), owner);
	}
	return found;
}
