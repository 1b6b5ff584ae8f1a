import type { Failure } from 'n8n-workflow';
import { InvalidInputError, SamsaraApiError } from '../common/errors';

/** Statuses that only a change of the node or of the token's scopes can help. */
const CONFIGURATION_STATUSES = new Set([403, 404]);

/**
 * Why something failed, in n8n's terms. From 2.41 on, n8n decides by it how soon to poll again; earlier versions ignore it.
 *
 * @returns undefined if that is not certain
 */
export function failureOf(error: unknown): Failure | undefined {
	if (error instanceof InvalidInputError) return { cause: 'configuration-invalid' };
	if (!(error instanceof SamsaraApiError) || error.reason === 'pages') return undefined;
	const { status, retryAfter } = error;
	const wait = retryAfter === undefined ? {} : { retryAfterMs: Math.ceil(retryAfter * 1000) };
	if (status === 429) return { cause: 'rate-limited', ...wait };
	if (status === 401) return { cause: 'credential-invalid' };
	if (CONFIGURATION_STATUSES.has(status)) return { cause: 'configuration-invalid' };
	const isTemporary = error.reason !== 'status' || status === 408 || status >= 500;
	return isTemporary ? { cause: 'temporarily-unavailable', ...wait } : undefined;
}
