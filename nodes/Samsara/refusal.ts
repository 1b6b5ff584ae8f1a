/**
 * Says that a value a person gave cannot be used. Thrown before any call is made; the runner in execution/ adds the
 * item and hands it to n8n. It lives beside the rooms because every room but api/ may refuse a value.
 */
export class Refusal extends Error {
	/**
	 * @param message what is wrong, naming the parameter in single quotes where it is known
	 * @param advice what the person can do about it
	 */
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
		this.name = 'Refusal';
	}
}
