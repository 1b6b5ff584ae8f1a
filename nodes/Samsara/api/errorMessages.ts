import { jsonParse } from 'n8n-workflow';
import type { Endpoint } from './endpoints';
import { SamsaraApiError } from '../common/errors';
import type { HttpResponse } from './http';
import { RenewalError } from './tokenRenewal';

interface ErrorBody {
	message?: unknown;
	requestId?: unknown;
}

const MAX_QUOTED_CHARS = 300;

/** What the ID of an endpoint belongs to, by a part of its path. */
const NOUNS = [
	['/drivers/', 'driver'],
	['/vehicles/', 'vehicle'],
	['/trailers/', 'trailer'],
	['/equipment/', 'piece of equipment'],
	['/assets', 'asset'],
	['/attributes/', 'attribute'],
	['/qualification-records', 'qualification record'],
];

/** Explains a status outside 2xx: Samsara's own message, what to do, and the request ID. */
export function statusFailure(
	endpoint: Endpoint,
	response: HttpResponse,
	isOAuth2 = false,
): SamsaraApiError {
	const { message, requestId } = errorBody(response);
	const errorMessage =
		message ?? `Samsara returned status ${response.status} without an explanation`;
	return new SamsaraApiError({
		reason: 'status',
		status: response.status,
		endpoint: endpoint.name,
		message: errorMessage,
		description: [
			descriptionFor(endpoint, response.status, errorMessage, isOAuth2),
			requestId && `Request ID for Samsara's support: ${requestId}.`,
		]
			.filter(Boolean)
			.join(' '),
		requestId,
		retryAfter: retryAfter(response),
	});
}

/** Explains a call that was not made because Samsara asked for a longer wait than Max Retry Time allows. */
export function rateLimitFailure(endpoint: Endpoint, seconds: number): SamsaraApiError {
	return new SamsaraApiError({
		reason: 'status',
		status: 429,
		endpoint: endpoint.name,
		message: `Samsara asks to wait another ${Math.ceil(seconds)} seconds before the next request of this type`,
		description: descriptionFor(endpoint, 429),
		retryAfter: seconds,
	});
}

/** Explains a call that got no response. n8n's own error is dropped, because it may contain the request's headers. */
export function connectionFailure(endpoint: Endpoint, error: unknown): SamsaraApiError {
	if (error instanceof RenewalError) {
		return new SamsaraApiError({
			reason: 'renewal',
			status: 0,
			endpoint: endpoint.name,
			message: 'Samsara could not renew the connection of the credential',
			description: 'Samsara is temporarily unavailable. Nothing was changed. Run again later.',
		});
	}
	const code = errorCode(error);
	return new SamsaraApiError({
		reason: 'connection',
		status: 0,
		endpoint: endpoint.name,
		message:
			code === 'ECONNABORTED' || code === 'ETIMEDOUT'
				? 'Samsara did not respond in time'
				: 'Samsara could not be reached',
		description:
			"Check the region or Base URL in the credential and n8n's network access, then run again.",
	});
}

/** Explains a 2xx response that cannot be read. */
export function unreadableFailure(
	endpoint: Endpoint,
	response: HttpResponse,
	reason = response.text.trim() === '' ? 'it is empty' : 'it is incomplete or not JSON',
): SamsaraApiError {
	const note = endpoint.name.startsWith('GET') ? '' : ' Samsara may have made the change.';
	return new SamsaraApiError({
		reason: 'unreadable',
		status: response.status,
		endpoint: endpoint.name,
		message: `Samsara's response could not be read: ${reason}`,
		description: `A proxy or firewall between n8n and Samsara may be changing responses.${note} Run again.`,
	});
}

function descriptionFor(
	endpoint: Endpoint,
	status: number,
	errorMessage = '',
	isOAuth2 = false,
): string {
	if (status >= 300 && status < 400) {
		return 'Redirects are not followed, so that the token is never sent to another host. Check the Base URL in the credential.';
	}
	switch (status) {
		case 401:
			return isOAuth2
				? 'The connection has expired or was removed in Samsara. Open the Samsara credential and connect it again.'
				: 'The API token is wrong or was revoked. Enter a valid token in the Samsara credential.';
		case 403:
			return missingScopeDescription(errorMessage.includes(endpoint.scope), endpoint, isOAuth2);
		case 404: {
			const [, noun] = NOUNS.find(([path]) => endpoint.name.includes(path)) ?? [];
			return noun === undefined
				? 'Samsara has nothing at this address. Check the region or Base URL in the credential.'
				: `Samsara has no ${noun} with this ID. Pick one from the list, or check that the ID belongs to this organization and was not deleted.`;
		}
		case 413:
			return endpoint.name.includes('qualification-records')
				? 'The files are too large for one record. Send fewer or smaller files.'
				: 'The request is too large for Samsara. Send fewer values or items at once.';
		case 429:
			return "Samsara's rate limit has been reached, probably because other programs use the same organization. Run again later.";
		default:
			return status >= 500
				? 'Samsara is temporarily unavailable. Run again later.'
				: rejectionDescription(endpoint, errorMessage);
	}
}

function missingScopeDescription(isNamed: boolean, { scope }: Endpoint, isOAuth2: boolean): string {
	if (isOAuth2) {
		const fix =
			'Add the scope to the app in Samsara under Settings > OAuth 2.0 Apps, and connect the Samsara credential again.';
		return isNamed
			? `${fix} If the app has it, the organization lacks the license.`
			: `The OAuth 2.0 app lacks the scope '${scope}', or the organization lacks the license for it. ${fix}`;
	}
	return isNamed
		? 'Add the scope to the API token in Samsara under Settings > API Tokens. If the token has it, the organization lacks the license.'
		: `The API token lacks the scope '${scope}', or the organization lacks the license for it. Add the scope to the token in Samsara under Settings > API Tokens.`;
}

/** Samsara explains rejected values only in prose. */
function rejectionDescription({ name, creates }: Endpoint, errorMessage: string): string {
	if (/limit (was |is |has been )?(exceeded|reached)/i.test(errorMessage)) {
		return 'The organization has reached a limit. Delete what you no longer need, or ask Samsara support to raise the limit.';
	}
	if (creates && /already|duplicate|unique/i.test(errorMessage)) {
		return name === 'POST /attributes'
			? "Use another name, or the operation 'Create or Update'."
			: "Use another value, or set 'Options' > 'If It Exists' to update or skip existing entries.";
	}
	return 'Change the value that Samsara names, then run again.';
}

function errorBody({ text }: HttpResponse): { message?: string; requestId?: string } {
	const body = jsonParse<ErrorBody | null>(text, { fallbackValue: null });
	if (body === null || typeof body !== 'object') {
		const isProse = /^[^<{["]/.test(text.trim()) && text.trim() !== 'null';
		return { message: isProse ? text.trim().slice(0, MAX_QUOTED_CHARS) : undefined };
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
