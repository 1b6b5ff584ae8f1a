/** Converts any value to trimmed text; null and undefined become empty text. */
export function toText(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') return JSON.stringify(value) ?? '';
	return String(value);
}
