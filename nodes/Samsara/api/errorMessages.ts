import { jsonParse } from 'n8n-workflow';
import type { Endpoint } from './endpoints';
import { SamsaraApiError } from './samsaraApiError';
import type { HttpResponse } from './http';

interface ErrorBody {
	message?: unknown;
	requestId?: unknown;
}

const MAX_QUOTED_CHARS = 300;

/** Puts an answer outside 2xx into words: the API's own, its request id, and what to do. */
export function statusFailure(endpoint: Endpoint, response: HttpResponse): SamsaraApiError {
	const { message, requestId } = errorBody(response);
	const errorMessage =
		message ?? `Samsara answered with status ${response.status} and no explanation`;
	return new SamsaraApiError({
		reason: 'status',
		status: response.status,
		endpoint: endpoint.name,
		message: errorMessage,
		description: [
			descriptionFor(endpoint, response.status, errorMessage),
			requestId && `Request ID for Samsara's support: ${requestId}.`,
		]
			.filter(Boolean)
			.join(' '),
		requestId,
		retryAfter: retryAfter(response),
	});
}

/** Says of a call that was not made that Samsara has refused others like it for longer than the person would wait. */
export function rateLimitFailure(endpoint: Endpoint, seconds: number): SamsaraApiError {
	return new SamsaraApiError({
		reason: 'status',
		status: 429,
		endpoint: endpoint.name,
		message: `Samsara asks to wait ${Math.ceil(seconds)} seconds before the next call of this kind`,
		description: descriptionFor(endpoint, 429),
		retryAfter: seconds,
	});
}

/** Puts a call without an answer into words. What n8n threw is not passed on: it may hold the request's headers. */
export function connectionFailure(endpoint: Endpoint, error: unknown): SamsaraApiError {
	const code = errorCode(error);
	return new SamsaraApiError({
		reason: 'connection',
		status: 0,
		endpoint: endpoint.name,
		message:
			code === 'ECONNABORTED' || code === 'ETIMEDOUT'
				? 'Samsara did not answer in time'
				: 'Samsara could not be reached',
		description:
			"Check the region or Base URL in the credential and n8n's network access, then run again.",
	});
}

/** Puts a 2xx answer that cannot be read into words. */
export function unreadableFailure(
	endpoint: Endpoint,
	response: HttpResponse,
	reason = response.text.trim() === '' ? 'it is empty' : 'it is cut off or not JSON',
): SamsaraApiError {
	const isDone = endpoint.name.startsWith('GET') ? '' : ' Samsara may have made the change.';
	return new SamsaraApiError({
		reason: 'unreadable',
		status: response.status,
		endpoint: endpoint.name,
		message: `Samsara's answer could not be read: ${reason}`,
		description: `Something between n8n and Samsara (a proxy, a firewall) may change answers.${isDone} Run again.`,
	});
}

function descriptionFor(endpoint: Endpoint, status: number, errorMessage = ''): string {
	if (status >= 300 && status < 400) {
		return 'A redirect is not followed, so that the token stays with its host. Check the Base URL in the credential.';
	}
	switch (status) {
		case 401:
			return 'The API token is wrong or was revoked. Put a valid token into the Samsara credential.';
		case 403:
			return `The API token lacks the scope '${endpoint.scope}', or the organization lacks the licence for it. Add the scope to the token in Samsara under Settings > API Tokens.`;
		case 404:
			return `Nothing was found at ${endpoint.name}. Check that the ID belongs to this organization and was not deleted.`;
		case 413:
			return endpoint.name.includes('qualification-records')
				? 'The files together are larger than Samsara takes in one record. Send fewer or smaller files.'
				: 'The call is larger than Samsara takes. Send fewer values or items at once.';
		case 429:
			return "Samsara's rate limit is used up, probably by other programs with the same organization. Run again later.";
		default:
			return status >= 500
				? 'Samsara is temporarily unavailable. Run again later.'
				: adviceForRefusal(endpoint, errorMessage);
	}
}

/** Samsara explains refusals in its own words only. */
function adviceForRefusal({ name, creates }: Endpoint, errorMessage: string): string {
	if (/limit (was |is |has been )?(exceeded|reached)/i.test(errorMessage)) {
		return 'The organization has reached a limit. Delete what is no longer needed, or ask Samsara support to raise the limit.';
	}
	if (creates && /already|duplicate|unique/i.test(errorMessage)) {
		return name === 'POST /attributes'
			? "Use another name, or the operation 'Create or Update'."
			: "Use another value, or choose under 'Options' > 'If It Exists' to update or skip what exists.";
	}
	return 'Change the value that Samsara names, then run again.';
}

function errorBody({ text }: HttpResponse): { message?: string; requestId?: string } {
	const body = jsonParse<ErrorBody | null>(text, { fallbackValue: null });
	if (body === null || typeof body !== 'object') {
		const quotedBody = text.startsWith('<') ? '' : text.trim().slice(0, MAX_QUOTED_CHARS);
		return { message: quotedBody === '' ? undefined : quotedBody };
	}
	return {
		message: typeof body.message === 'string' && body.message !== '' ? body.message : undefined,
		requestId: typeof body.requestId === 'string' ? body.requestId : undefined,
	};
}

/** Samsara sends decimal seconds, e.g. `0.40235`. */
function retryAfter({ headers }: HttpResponse): number | undefined {
	const seconds = Number.parseFloat(String(headers['retry-after']));
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function errorCode(error: unknown): string {
	const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
	return String(code ?? cause?.code ?? '');
}
