import type { INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../../api/runContext';
import { toList } from '../../common/coercion';
import { InvalidInputError } from '../../common/errors';
import { isExternalId, mergeExternalIds } from '../../common/ids';
import { unless } from '../../common/settle';
import type { Item } from '../../execution/item';
import { clearWith } from './clearWith';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';
import type { EntityFields } from './entityFields';

/** The external IDs to remove. */
export const externalIdsToClear: INodeProperties = {
	displayName: 'External IDs to Clear',
	name: 'clearExternalIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. payrollId',
	description: 'The keys of external IDs to remove. Separate several by commas.',
};

/** Reads 'External IDs to Clear'. @throws InvalidInputError for what is not a key, or a key that cannot be cleared */
export function readExternalIdsToClear(item: Item, { externalIds = {} }: EntityFields): string[] {
	const label = `'${externalIdsToClear.displayName}'`;
	const keys = [...new Set(toList(item.collection('updateFields')[externalIdsToClear.name]))];
	for (const key of keys) {
		if (key.includes(':')) {
			throw new InvalidInputError(
				`${label} has '${key}', but takes keys without values`,
				'Enter the part before the colon, e.g. payrollId.',
			);
		}
		if (key.startsWith('samsara.')) {
			throw new InvalidInputError(
				`${label} has '${key}', which Samsara sets itself`,
				'Remove it here. It changes with the VIN or serial number.',
			);
		}
		if (Object.hasOwn(externalIds, key)) {
			throw new InvalidInputError(
				`${label} has '${key}', which also has a new value`,
				"Remove it here, or from 'External IDs'.",
			);
		}
	}
	return keys;
}

/**
 * Updates an entity. External IDs that it has, and that are not cleared, are sent along with new ones: for drivers, vehicles
 * and assets, it is not documented whether Samsara merges or replaces them. Items with the same entity wait for each other,
 * so that none sends external IDs that another has changed meanwhile.
 */
export async function updateEntity<E extends EntityWithAttributes>(
	run: RunContext,
	adapter: EntityAdapter<E>,
	id: string,
	changes: EntityFields,
	clearedKeys: string[],
): Promise<E> {
	if (!changes.externalIds && clearedKeys.length === 0)
		return await adapter.update(run, id, changes);
	const isMerged = adapter.isMergePatch && clearedKeys.length === 0;
	return await run.locks.withLock(`external IDs ${id}`, async () => {
		if (isMerged && !isExternalId(id)) return await adapter.update(run, id, changes);
		const read = async () => await adapter.read(run, id);
		// A merge patch needs the Samsara ID only to wait for other items, and a token may lack the scope to read.
		const existing = isMerged ? await unless([403], read) : await read();
		if (!existing) return await adapter.update(run, id, changes);
		const ownId = String(existing.id);
		if (isExternalId(id) && ownId !== id)
			return await updateEntity(run, adapter, ownId, changes, clearedKeys);
		const cleared = clearedKeys.filter((key) => Object.hasOwn(existing.externalIds ?? {}, key));
		const kept = { ...mergeExternalIds(existing, changes.externalIds) };
		for (const key of cleared) delete kept[key];
		if (cleared.length === 0)
			return await adapter.update(run, id, { ...changes, externalIds: kept });
		return await clearExternalIds(run, adapter, id, { ...changes, externalIds: kept }, cleared);
	});
}

/** Null should remove an external ID in a merge patch. @throws InvalidInputError if it is still there, or SamsaraApiError */
async function clearExternalIds<E extends EntityWithAttributes>(
	run: RunContext,
	adapter: EntityAdapter<E>,
	id: string,
	changes: EntityFields,
	keys: string[],
): Promise<E> {
	return await clearWith(
		adapter.isMergePatch ? [null, '', undefined] : ['', undefined, null],
		async (removed) => {
			const nothing = Object.fromEntries(keys.map((key) => [key, removed]));
			const body = { ...changes, externalIds: { ...changes.externalIds, ...nothing } };
			return await adapter.update(run, id, body);
		},
		async (updated) => {
			// A response without external IDs may just leave them out.
			const { externalIds = {} } = updated.externalIds ? updated : await adapter.read(run, id);
			return !keys.some((key) => Object.hasOwn(externalIds, key));
		},
		new InvalidInputError(
			`'${externalIdsToClear.displayName}' has ${keys.join(', ')}, but Samsara keeps it`,
			'The other changes were made. Ask Samsara support how to remove external IDs.',
		),
	);
}
