import { asError } from '../asError';
import type { SamsaraClient } from './client';
import { SamsaraFailure } from './failure';
import { ownersOf } from './owners';
import type { OwnerEntityType, QualificationRecord } from './types';

/** Under what `ownerNames` keeps the name of a record's owner. */
export function ownerKey({ owner }: Pick<QualificationRecord, 'owner'>): string {
	return `${owner.entityType} ${owner.id}`;
}

/**
 * The names of the owners of records, by `ownerKey`. A name is no reason to go without the records: a token that may
 * not read drivers gives none of theirs.
 *
 * @param forbidden is told what Samsara said to such a token
 * @throws SamsaraFailure for anything else
 */
export async function ownerNames(
	samsara: SamsaraClient,
	records: Iterable<Pick<QualificationRecord, 'owner'>>,
	forbidden?: (failure: SamsaraFailure, entityType: OwnerEntityType) => Promise<void>,
): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	const owners = [...records].map(({ owner }) => owner);
	for (const entityType of ['worker', 'asset'] as const) {
		const owned = owners.filter((owner) => owner.entityType === entityType);
		if (owned.length === 0) continue;
		try {
			const directory = await ownersOf(samsara, entityType);
			for (const [id, { name }] of await directory.find(owned.map((owner) => owner.id)))
				names.set(ownerKey({ owner: { entityType, id } }), name);
		} catch (error) {
			if (!(error instanceof SamsaraFailure) || error.status !== 403) throw asError(error);
			await forbidden?.(error, entityType);
		}
	}
	return names;
}
