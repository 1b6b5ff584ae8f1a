import { createHash } from 'crypto';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	INode,
	IPollFunctions,
} from 'n8n-workflow';
import { redactToken } from './redaction';
import { renewToken, type Renewal } from './tokenRenewal';

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
	/** Identifies the credential's account, even after its token was renewed: a SHA-256 hash in hex. */
	account: string;
	/** Identifies the current token and host without revealing the token: a SHA-256 hash in hex. */
	session: string;
	isOAuth2: boolean;
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

const RENEWAL_TIMEOUT_MS = 15_000;

const HOSTS: Record<string, string> = {
	us: 'https://api.samsara.com',
	eu: 'https://api.eu.samsara.com',
	ca: 'https://api.ca.samsara.com',
};

/** The name of the credential that a node uses. */
function credentialName({ parameters }: INode): 'samsaraApi' | 'samsaraOAuth2Api' {
	return parameters.authentication === 'oAuth2' ? 'samsaraOAuth2Api' : 'samsaraApi';
}

/** The ID of the credential that a node uses. */
export function credentialId(node: INode): string | null | undefined {
	return node.credentials?.[credentialName(node)]?.id;
}

/**
 * Connects to the API with the node's credential. The token goes only to the credential's own host, so redirects are not
 * followed, and it is removed from responses. An expired OAuth 2.0 token is renewed once; the call that Samsara refused is
 * then sent again.
 *
 * @throws Error if the custom base URL does not use https (except on loopback), or if an OAuth 2.0 credential is not connected
 */
export async function createTransport(context: N8nContext): Promise<HttpTransport> {
	const node = context.getNode();
	const name = credentialName(node);
	const isOAuth2 = name === 'samsaraOAuth2Api';
	const credentials = await context.getCredentials(name);
	const host = HOSTS[String(credentials.region)] ?? customHost(String(credentials.baseUrl ?? ''));
	const firstToken = tokenOf(credentials);
	if (isOAuth2 && firstToken === '') {
		throw new Error('The Samsara credential is not connected: open it and connect your account');
	}
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const account = hash(
		host,
		...(isOAuth2 ? [name, String(credentials.clientId), String(credentialId(node))] : [firstToken]),
	);
	// n8n may renew the token of an OAuth 2.0 credential at any time, for any execution.
	const readToken = async () =>
		isOAuth2 ? tokenOf(await context.getCredentials(name)) : firstToken;

	const call = async (options: Partial<IHttpRequestOptions>) =>
		(await context.helpers.httpRequestWithAuthentication.call(
			context,
			name,
			{
				...options,
				headers: { 'X-Samsara-Version': API_VERSION },
				url: `${host}${options.url}`,
				disableFollowRedirect: true,
				abortSignal: signal,
			},
			// Other types of tokens would be added to the URL.
			isOAuth2 ? { oauth2: { tokenType: 'Bearer' } } : undefined,
		)) as IN8nHttpFullResponse;

	async function sendWith(token: string, { method, target, body, timeout }: HttpRequest) {
		const response = await call({
			method,
			url: target,
			body,
			json: true,
			encoding: 'text',
			timeout,
			returnFullResponse: true,
			// Also keeps n8n from renewing the token by itself.
			ignoreHttpStatusErrors: true,
		});
		return {
			status: response.statusCode,
			headers: response.headers,
			text: typeof response.body === 'string' ? redactToken(response.body, token) : '',
		};
	}

	const probe = async () => await call({ method: 'GET', url: '/me', timeout: RENEWAL_TIMEOUT_MS });
	const renewal: Renewal = { account, signal, readToken, probe };

	return {
		account,
		session: hash(host, firstToken),
		isOAuth2,
		isLoopback: LOOPBACK.test(host),
		signal,
		async send(request) {
			const token = await readToken();
			const response = await sendWith(token, request);
			if (!isOAuth2 || response.status !== 401) return response;
			const newToken = await renewToken(token, renewal);
			return newToken === token ? response : await sendWith(newToken, request);
		},
	};
}

function tokenOf({ apiToken, oauthTokenData }: IDataObject): string {
	const token = (oauthTokenData as IDataObject | undefined)?.access_token ?? apiToken ?? '';
	return String(token).trim();
}

function hash(...parts: string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex');
}

const LOOPBACK = /^http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/;

function customHost(baseUrl: string): string {
	const host = baseUrl.trim().replace(/\/+$/, '');
	if (/^https:\/\/[^\s/?#@]+(\/[^\s?#@]*)?$/.test(host) || LOOPBACK.test(host)) return host;
	throw new Error(
		"The 'Base URL' in the Samsara credential cannot be used: it must start with https:// and must not contain a user name, query, or fragment",
	);
}
