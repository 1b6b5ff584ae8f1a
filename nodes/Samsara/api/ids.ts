import { normalize } from '../common/normalize';

/** All IDs of an object: its Samsara ID, and `key:value` for each external ID. */
export function idsOf({ id, externalIds }: { id?: string; externalIds?: object }): string[] {
	return [
		String(id),
		...Object.entries(externalIds ?? {}).map(([key, value]) => `${key}:${String(value)}`),
	];
}

/** True for the format of the IDs of attributes, qualification types and records, which names do not have. */
export function isUuid(text: string): boolean {
	return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/**
 * Finds the object with an ID or external ID in Samsara's response. Ignores case only if that leaves exactly one match;
 * any other object in the response is a different one.
 */
export function findByAnyId<T extends { id?: string; externalIds?: object }>(
	candidates: T[],
	id: string,
): T | undefined {
	const exact = candidates.find((candidate) => idsOf(candidate).includes(id));
	if (exact) return exact;
	const similar = candidates.filter((candidate) =>
		idsOf(candidate).some((anyId) => normalize(anyId) === normalize(id)),
	);
	return new Set(similar.map((candidate) => candidate.id)).size === 1 ? similar[0] : undefined;
}
