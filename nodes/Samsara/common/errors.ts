/** A value from the user that cannot be used. Thrown before any call is made; execution/ turns it into n8n's error. */
export class InvalidInputError extends Error {
	/**
	 * @param message what is wrong, with the parameter in single quotes
	 * @param description what the user can do about it
	 */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'InvalidInputError';
	}
}

/** Converts a caught value to an Error, which it nearly always is. n8n's lint rules forbid rethrowing it directly. */
export function toError(caught: unknown): Error {
	return caught instanceof Error ? caught : new Error(String(caught));
}
