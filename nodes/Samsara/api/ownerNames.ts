import { toError, SamsaraApiError } from '../common/errors';
import type { RunContext } from './runContext';
import { getOwnerDirectory } from './owners';
import type { OwnerEntityType, QualificationRecord } from './types';

/** The key of a record's owner in the result of `ownerNames`. */
export function ownerKey({ owner }: Pick<QualificationRecord, 'owner'>): string {
	return `${owner.entityType} ${owner.id}`;
}

/**
 * The names of the owners of records, by `ownerKey`. If the token may not read drivers or assets, their names are absent
 * and the records can still be used.
 *
 * @param onForbidden receives Samsara's error if the token may not read them
 * @throws SamsaraApiError for any other failure
 */
export async function ownerNames(
	run: RunContext,
	records: Iterable<Pick<QualificationRecord, 'owner'>>,
	onForbidden?: (failure: SamsaraApiError, entityType: OwnerEntityType) => void,
): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	const owners = [...records].map(({ owner }) => owner);
	for (const entityType of ['worker', 'asset'] as const) {
		const ownersOfType = owners.filter((owner) => owner.entityType === entityType);
		if (ownersOfType.length === 0) continue;
		try {
			const directory = await getOwnerDirectory(run, entityType);
			for (const [id, { name }] of await directory.find(ownersOfType.map((owner) => owner.id)))
				names.set(ownerKey({ owner: { entityType, id } }), name);
		} catch (error) {
			if (!(error instanceof SamsaraApiError) || error.status !== 403) throw toError(error);
			onForbidden?.(error, entityType);
		}
	}
	return names;
}
