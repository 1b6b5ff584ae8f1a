/** The IDs that name a thing: its own, and `key:value` of each external one. */
export function idsOf({ id, externalIds = {} }: { id?: string; externalIds?: object }): string[] {
	return [
		String(id),
		...Object.entries(externalIds).map(([key, value]) => `${key}:${String(value)}`),
	];
}
