/** What happened to a call that did not come back with a usable answer. */
export type FailureReason =
	/** The API answered with a status outside 2xx. */
	| 'status'
	/** No answer: reset, timeout, refused connection. The call may or may not have arrived. */
	| 'connection'
	/** An answer that cannot be read: cut off, or not JSON. The call has arrived. */
	| 'unreadable'
	/** The pages of a list do not lead on: a cursor came twice. */
	| 'pages';

export interface SamsaraApiErrorDetails {
	reason: FailureReason;
	/** HTTP status, 0 where there was none. */
	status: number;
	/** `GET /fleet/drivers/{id}`: method and template, never an id, a query or a token. */
	endpoint: string;
	message: string;
	description: string;
	requestId?: string;
	/** Seconds that the API asks to wait, from `Retry-After`. */
	retryAfter?: number;
}

/** A call to Samsara that did not succeed, in words for people. Knows nothing of n8n; execution/ turns it into n8n's error. */
export class SamsaraApiError extends Error {
	readonly reason: FailureReason;

	readonly status: number;

	readonly endpoint: string;

	readonly description: string;

	readonly requestId?: string;

	readonly retryAfter?: number;

	constructor(details: SamsaraApiErrorDetails) {
		super(details.message);
		this.name = 'SamsaraApiError';
		this.reason = details.reason;
		this.status = details.status;
		this.endpoint = details.endpoint;
		this.description = details.description;
		this.requestId = details.requestId;
		this.retryAfter = details.retryAfter;
	}
}
