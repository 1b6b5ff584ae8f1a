import { createHash } from 'crypto';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { redactToken } from './redaction';

export interface HttpRequest {
	method: IHttpRequestMethods;
	/** Path and query, already encoded. */
	target: string;
	body?: object;
	/** Milliseconds. */
	timeout: number;
}

export interface HttpResponse {
	status: number;
	headers: IDataObject;
	text: string;
}

/** One HTTP exchange, signed by n8n. */
export interface HttpTransport {
	/** Tells token and host apart from others without holding the token: a SHA-256, in hex. */
	account: string;
	/** True for a Samsara on this machine, which only tests have. */
	isLoopback: boolean;
	/** Fires when the execution is cancelled. */
	signal?: AbortSignal;
	/**
	 * Sends a call once. Any status is an answer.
	 *
	 * @throws whatever n8n throws when no answer came
	 */
	send(request: HttpRequest): Promise<HttpResponse>;
}

export type N8nContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Without it the token's own version decides what answers look like. The vendor's SDK sends this one. */
const API_VERSION = '2025-06-11';

const HOSTS: Record<string, string> = {
	us: 'https://api.samsara.com',
	eu: 'https://api.eu.samsara.com',
	ca: 'https://api.ca.samsara.com',
};

/**
 * The way to the API that a node's credential opens. Redirects are not followed: the token goes to the credential's
 * own host only, and what that answers never shows it.
 *
 * @throws Error when the custom base URL is not https (loopback excepted)
 */
export async function createTransport(context: N8nContext): Promise<HttpTransport> {
	const credentials = await context.getCredentials('samsaraApi');
	const host = HOSTS[String(credentials.region)] ?? customHost(String(credentials.baseUrl ?? ''));
	const token = String(credentials.apiToken).trim();
	return {
		account: createHash('sha256').update(`${host}\n${token}`).digest('hex'),
		isLoopback: LOOPBACK.test(host),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		async send({ method, target, body, timeout }) {
			const {
				statusCode,
				headers,
				body: text,
			} = (await context.helpers.httpRequestWithAuthentication.call(context, 'samsaraApi', {
				method,
				headers: { 'X-Samsara-Version': API_VERSION },
				url: `${host}${target}`,
				body,
				json: true,
				encoding: 'text',
				timeout,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			})) as IN8nHttpFullResponse;
			return {
				status: statusCode,
				headers,
				text: typeof text === 'string' ? redactToken(text, token) : '',
			};
		},
	};
}

const LOOPBACK = /^http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/;

function customHost(baseUrl: string): string {
	const host = baseUrl.trim().replace(/\/+$/, '');
	if (/^https:\/\/[^\s/?#@]+(\/[^\s?#@]*)?$/.test(host) || LOOPBACK.test(host)) return host;
	throw new Error(
		"The 'Base URL' in the Samsara credential cannot be used: it must start with https:// and have no user, query or fragment",
	);
}
