/** The IDs that name a thing: its own, and `key:value` of each external one. */
export function idsOf({ id, externalIds }: { id?: string; externalIds?: object }): string[] {
	return [
		String(id),
		...Object.entries(externalIds ?? {}).map(([key, value]) => `${key}:${String(value)}`),
	];
}

/** True for what attributes, qualification types and records have as their ID, and no name looks like. */
export function isUuid(text: string): boolean {
	return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/**
 * The thing that bears the ID, out of what Samsara answered to it. Case is overlooked only where that leaves no doubt;
 * anything else in the answer belongs to somebody else.
 */
export function findByAnyId<T extends { id?: string; externalIds?: object }>(
	answered: T[],
	id: string,
): T | undefined {
	const exact = answered.find((one) => idsOf(one).includes(id));
	if (exact) return exact;
	const alike = answered.filter((one) =>
		idsOf(one).some((own) => own.toLowerCase() === id.toLowerCase()),
	);
	return new Set(alike.map((one) => one.id)).size === 1 ? alike[0] : undefined;
}
