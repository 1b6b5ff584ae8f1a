/** A refusal that the API answers as `{message, requestId}` with the given status. */
export class ApiError extends Error {
	readonly status: number;

	readonly headers: Record<string, string>;

	constructor(status: number, message: string, headers: Record<string, string> = {}) {
		super(message);
		this.status = status;
		this.headers = headers;
	}
}

/** A 400: the message should name the member that is wrong. */
export function invalid(message: string): ApiError {
	return new ApiError(400, message);
}

/** A 404 in the API's manner. */
export function missing(what: string, id: string): ApiError {
	return new ApiError(404, `${what} not found: ${id}`);
}
