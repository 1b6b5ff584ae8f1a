import type { RunContext } from '../../api/runContext';
import { InvalidInputError } from '../../common/errors';
import { mergeExternalIds } from '../../common/ids';
import type { EntityAdapter } from './entityAdapters';

/** @throws InvalidInputError if there is nothing to update */
export function requireChange(change: object): void {
	if (Object.keys(change).length === 0) {
		throw new InvalidInputError(
			"'Update Fields' has nothing to change",
			"Add a field under 'Update Fields' and fill it in.",
		);
	}
}

/**
 * Adds the external IDs that the entity already has to the changes: for drivers and vehicles, it is not documented
 * whether Samsara merges or replaces them.
 */
export async function withOtherExternalIds<T extends { externalIds?: Record<string, string> }>(
	run: RunContext,
	adapter: EntityAdapter,
	id: string,
	changes: T,
): Promise<T> {
	if (!changes.externalIds) return changes;
	const entity = await adapter.read(run, id);
	return { ...changes, externalIds: mergeExternalIds(entity, changes.externalIds) };
}
