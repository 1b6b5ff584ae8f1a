import { findByAnyId, externalIdStrings } from '../../common/ids';
import { unless } from '../../common/settle';
import type { RunContext } from '../../api/runContext';
import { InvalidInputError } from '../../common/errors';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';

/** Finds the entity that has an external ID. An entity without it is ignored if Samsara responds with one. */
export async function findByExternalId<E extends EntityWithAttributes>(
	run: RunContext,
	adapter: EntityAdapter<E>,
	id: string,
): Promise<E | undefined> {
	const entity = await unless([404], async () => await adapter.read(run, id));
	return entity && findByAnyId([entity], id);
}

/**
 * Finds the entity that has any of these external IDs.
 *
 * @throws InvalidInputError if they belong to different entities: updating either could be wrong
 */
export async function findByExternalIds<E extends EntityWithAttributes>(
	run: RunContext,
	adapter: EntityAdapter<E>,
	externalIds: Record<string, string>,
): Promise<E | undefined> {
	let first: E | undefined;
	for (const id of externalIdStrings(externalIds)) {
		const found = await findByExternalId(run, adapter, id);
		if (first && found && first.id !== found.id) {
			throw new InvalidInputError(
				`'External IDs' has IDs of two different ${adapter.entityType}s in Samsara, ${first.id} and ${found.id}`,
				"Correct the IDs under 'External IDs', or enter only one of them.",
			);
		}
		first ??= found;
	}
	return first;
}
