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
	/** Identifies the token and host without revealing the token: a SHA-256 hash in hex. */
	account: string;
	/** True if the host is this machine, which happens only in tests. */
	isLoopback: boolean;
	/** Fires when the execution is cancelled. */
	signal?: AbortSignal;
	/**
	 * Sends a request once and returns any status.
	 *
	 * @throws whatever n8n throws if no response arrives
	 */
	send(request: HttpRequest): Promise<HttpResponse>;
}

export type N8nContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Without this header, the token's own version decides the format of responses. The vendor's SDK sends this value. */
const API_VERSION = '2025-06-11';

const HOSTS: Record<string, string> = {
	us: 'https://api.samsara.com',
	eu: 'https://api.eu.samsara.com',
	ca: 'https://api.ca.samsara.com',
};

/**
 * Connects to the API with the node's credential. The token goes only to the credential's own host, so redirects are not
 * followed, and it is removed from responses.
 *
 * @throws Error if the custom base URL does not use https (except on loopback)
 */
export async function createTransport(context: N8nContext): Promise<HttpTransport> {
	const credentials = await context.getCredentials('samsaraApi');
	const host = HOSTS[String(credentials.region)] ?? customHost(String(credentials.baseUrl ?? ''));
	const token = String(credentials.apiToken).trim();
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		account: createHash('sha256').update(`${host}\n${token}`).digest('hex'),
		isLoopback: LOOPBACK.test(host),
		signal,
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
				abortSignal: signal,
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
		"The 'Base URL' in the Samsara credential cannot be used: it must start with https:// and must not contain a user name, query, or fragment",
	);
}
