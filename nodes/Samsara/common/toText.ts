/** Any value as trimmed text for a request or a message; nothing is ''. Never throws, whatever an expression gave. */
export function toText(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') return JSON.stringify(value) ?? '';
	return String(value);
}
