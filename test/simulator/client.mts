import axios from 'axios';
import type { Simulator, SimulatorOptions } from './index.mts';
import { startSimulator } from './index.mts';

/** A response: `body` is the parsed JSON, or undefined if there is none; `text` is the raw body. */
export interface ApiResponse {
	status: number;
	text: string;
	body: JsonResponse;
	headers: Headers;
}

/** A JSON value whose members can be accessed without type narrowing. */
export interface JsonResponse {
	[member: string]: JsonResponse;
	[index: number]: JsonResponse;
}

/** A plain client without retries or rate limiting: it sends each request exactly once. */
export interface Client {
	simulator: Simulator;
	get(path: string, headers?: Record<string, string>): Promise<ApiResponse>;
	send(method: string, path: string, body?: unknown): Promise<ApiResponse>;
	/** Gets all pages by following the cursor, up to 50 pages. */
	pages(path: string): Promise<JsonResponse[][]>;
	control(method: string, path: string, body?: unknown): Promise<ApiResponse>;
}

/** Starts a simulator with a client for it. */
export async function simulated(options: SimulatorOptions = {}): Promise<Client> {
	const simulator = await startSimulator(options);
	const authorization = `Bearer ${simulator.token}`;
	const get = (path: string, headers: Record<string, string> = {}) =>
		request(simulator.url + path, { headers: { authorization, ...headers } });
	return {
		simulator,
		get,
		send: (method, path, body) =>
			request(simulator.url + path, json(method, body, { authorization })),
		async pages(path) {
			const result: JsonResponse[][] = [];
			let after = '';
			do {
				const { body, status, text } = await get(path + (after && `&after=${after}`));
				if (status !== 200) throw new Error(text);
				result.push(body.data as unknown as JsonResponse[]);
				after = String(body.pagination.endCursor);
				if (!body.pagination.hasNextPage) break;
			} while (result.length < 50);
			return result;
		},
		control: (method, path, body) => request(simulator.controlUrl + path, json(method, body, {})),
	};
}

/** Waits for a number of milliseconds. */
export async function wait(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));
}

interface RequestOptions {
	method?: string;
	data?: unknown;
	headers?: Record<string, string>;
}

function json(method: string, body: unknown, headers: Record<string, string>): RequestOptions {
	if (body === undefined) return { method, headers };
	const data = typeof body === 'string' ? body : JSON.stringify(body);
	return { method, data, headers: { ...headers, 'content-type': 'application/json' } };
}

const http = axios.create({
	// Without this, axios sends a content type even if there is no body.
	headers: { 'content-type': false },
	proxy: false,
	responseType: 'text',
	transformRequest: (data: unknown) => data,
	validateStatus: null,
});

/** Sends a request unchanged and returns the response, whatever its status. */
export async function request(url: string, options: RequestOptions = {}): Promise<ApiResponse> {
	const { status, data: text, headers } = await http.request<string>({ url, ...options });
	let body: unknown;
	if (String(headers['content-type']).startsWith('application/json') && text !== '') {
		body = JSON.parse(text);
	}
	return {
		status,
		text,
		body: body as JsonResponse,
		headers: new Headers(headers as Record<string, string>),
	};
}
