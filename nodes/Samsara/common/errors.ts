import { quote } from './coercion';

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

/** A value that is not in a drop-down, which an expression may return. */
export function choiceError(
	label: string,
	value: unknown,
	choices: readonly string[],
): InvalidInputError {
	const listed = `${choices.slice(0, -1).join(', ')}${choices.length > 2 ? ',' : ''} or ${choices.at(-1)}`;
	return new InvalidInputError(
		`'${label}' is ${quote(value)}, which is not one of its choices`,
		`Choose one from the list. An expression must return ${listed}.`,
	);
}

/** Message and description of an error as one text, for places that show only one. */
export function inOneText({
	message,
	description,
}: {
	message: string;
	description: string;
}): string {
	return `${message.replace(/\.$/, '')}. ${description}`;
}

/** Converts a caught value to an Error, which it nearly always is. n8n's lint rules forbid rethrowing it directly. */
export function toError(caught: unknown): Error {
	return caught instanceof Error ? caught : new Error(String(caught));
}

/** The user stopped the execution in n8n. Nothing is retried or started after it. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled');
		this.name = 'Cancelled';
	}
}

/** Why a call has no usable response. */
export type FailureReason =
	/** Samsara returned a status outside 2xx. */
	| 'status'
	/** No response: reset, timeout, or refused connection. The call may or may not have arrived. */
	| 'connection'
	/** An OAuth 2.0 token that could not be renewed. The call had no effect. */
	| 'renewal'
	/** A response that cannot be read: incomplete, or not JSON. The call has arrived. */
	| 'unreadable'
	/** A list whose pages never end, because a cursor was repeated. */
	| 'pages';

export interface SamsaraApiErrorDetails {
	reason: FailureReason;
	/** HTTP status, or 0 if there was none. */
	status: number;
	/** Method and path template, e.g. `GET /fleet/drivers/{id}`; never an ID, a query, or a token. */
	endpoint: string;
	message: string;
	description: string;
	requestId?: string;
	/** Seconds to wait, from the `Retry-After` header. */
	retryAfter?: number;
}

/** A failed call to Samsara, explained for users. Independent of n8n: execution/ turns it into n8n's own error. */
export class SamsaraApiError extends Error {
	readonly reason!: FailureReason;

	readonly status!: number;

	readonly endpoint!: string;

	readonly description!: string;

	readonly requestId?: string;

	readonly retryAfter?: number;

	constructor(details: SamsaraApiErrorDetails) {
		super(details.message);
		Object.assign(this, details, { name: 'SamsaraApiError' });
	}

	/** The same failure with other texts. */
	with(texts: Pick<Partial<SamsaraApiErrorDetails>, 'message' | 'description'>): SamsaraApiError {
		return new SamsaraApiError({ ...this, message: this.message, ...texts });
	}
}

/**
 * Runs `work`. If it fails at Samsara, the error says more.
 *
 * @param explain returns the failure with other texts
 * @throws whatever `work` throws
 */
export async function explainFailure<T>(
	work: () => Promise<T>,
	explain: (failure: SamsaraApiError) => SamsaraApiError,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toError(error instanceof SamsaraApiError ? explain(error) : error);
	}
}
