/**
 * Says that a value a person gave cannot be used. Thrown before any call is made; the runner in execution/ adds the
 * item and hands it to n8n. It lives beside the rooms because every room but api/ may refuse a value.
 */
export class InvalidInputError extends Error {
	/**
	 * @param message what is wrong, naming the parameter in single quotes where it is known
	 * @param description what the person can do about it
	 */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'InvalidInputError';
	}
}

/** What was caught, as the Error that it nearly always is. n8n's rules forbid to throw a caught value as it is. */
export function toError(caught: unknown): Error {
	return caught instanceof Error ? caught : new Error(String(caught));
}
