import { toError } from '../common/errors';
import type { RunContext } from './runContext';
import { SamsaraApiError } from './samsaraApiError';
import { getOwnerDirectory } from './owners';
import type { OwnerEntityType, QualificationRecord } from './types';

/** Under what `ownerNames` keeps the name of a record's owner. */
export function ownerKey({ owner }: Pick<QualificationRecord, 'owner'>): string {
	return `${owner.entityType} ${owner.id}`;
}

/**
 * The names of the owners of records, by `ownerKey`. A name is no reason to go without the records: a token that may
 * not read drivers gives none of theirs.
 *
 * @param onForbidden is told what Samsara said to such a token
 * @throws SamsaraApiError for anything else
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
