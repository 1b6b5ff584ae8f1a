/** What was caught, as the Error that it nearly always is. n8n's rules forbid to throw a caught value as it is. */
export function asError(caught: unknown): Error {
	return caught instanceof Error ? caught : new Error(String(caught));
}
