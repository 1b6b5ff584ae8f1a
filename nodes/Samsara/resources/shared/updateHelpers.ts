import type { INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../../api/runContext';
import type { Data } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { mergeExternalIds } from '../../fields/externalIds';

/** Optional fields in the order in which people look for them. */
export function byName(fields: INodeProperties[]): INodeProperties[] {
	// localeCompare would load the language data: several milliseconds of n8n's start.
	return [...fields].sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
}

/** @throws InvalidInputError when nothing is to be changed */
export function requireChange(change: object): void {
	if (Object.keys(change).length === 0) {
		throw new InvalidInputError(
			"'Update Fields' has nothing to change",
			"Add a field under 'Update Fields' and fill it in.",
		);
	}
}

/**
 * The change with the external IDs that the entity has besides: whether Samsara merges them or replaces them is not
 * documented for drivers and vehicles.
 */
export async function withOtherExternalIds<T extends { externalIds?: Record<string, string> }>(
	run: RunContext,
	target: string,
	change: T,
): Promise<T> {
	if (!change.externalIds) return change;
	const { data } = await run.client.get<Data<{ externalIds?: Record<string, string> }>>(target);
	return { ...change, externalIds: mergeExternalIds(data, change.externalIds) };
}
