/** The IDs that name a thing: its own, and `key:value` of each external one. */
export function idsOf({ id, externalIds = {} }: { id?: string; externalIds?: object }): string[] {
	return [
		String(id),
		...Object.entries(externalIds).map(([key, value]) => `${key}:${String(value)}`),
	];
}

/** True for what attributes, qualification types and records have as their ID, and no name looks like. */
export function isUuid(text: string): boolean {
	return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
