import axios from 'axios';
import type { Simulator, SimulatorOptions } from './index.mts';
import { startSimulator } from './index.mts';

/** An answer: `body` is the parsed JSON, or undefined where there was none; `text` the raw body. */
export interface ApiResponse {
	status: number;
	text: string;
	body: JsonResponse;
	headers: Headers;
}

/** A JSON value that can be walked into without narrowing. */
export interface JsonResponse {
	[member: string]: JsonResponse;
	[index: number]: JsonResponse;
}

/** A plain client without retries or pacing: what it sends is what arrives. */
export interface Client {
	simulator: Simulator;
	get(path: string, headers?: Record<string, string>): Promise<ApiResponse>;
	send(method: string, path: string, body?: unknown): Promise<ApiResponse>;
	/** GET of every page, following the cursor; at most 50 pages. */
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

/** Resolves after so many milliseconds. */
export async function wait(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));
}

interface Call {
	method?: string;
	data?: unknown;
	headers?: Record<string, string>;
}

function json(method: string, body: unknown, headers: Record<string, string>): Call {
	if (body === undefined) return { method, headers };
	const data = typeof body === 'string' ? body : JSON.stringify(body);
	return { method, data, headers: { ...headers, 'content-type': 'application/json' } };
}

const http = axios.create({
	// None of axios's own where there is no body.
	headers: { 'content-type': false },
	proxy: false,
	responseType: 'text',
	transformRequest: (data: unknown) => data,
	validateStatus: null,
});

/** Sends what it is given, as it is; every status is an answer. */
export async function request(url: string, call: Call = {}): Promise<ApiResponse> {
	const { status, data: text, headers } = await http.request<string>({ url, ...call });
	let body: unknown;
	if (String(headers['content-type']).startsWith('application/json') && text !== '') {
		body = JSON.parse(text);
	}
	const plain = new Headers(headers as Record<string, string>);
	return { status, text, body: body as JsonResponse, headers: plain };
}
