/** An error response `{message, requestId}` with this status. */
export class ApiError extends Error {
	readonly status: number;

	readonly headers: Record<string, string>;

	constructor(status: number, message: string, headers: Record<string, string> = {}) {
		super(message);
		this.status = status;
		this.headers = headers;
	}
}

/** A 400, whose message should name the invalid member. */
export function invalid(message: string): ApiError {
	return new ApiError(400, message);
}

/** A 404 as in the API. */
export function missing(label: string, id: string): ApiError {
	return new ApiError(404, `${label} not found: ${id}`);
}
