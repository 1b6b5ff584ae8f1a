import type { Fault } from './faults.mts';
import type { RateLimit } from './limits.mts';
import type { MediaStore } from './media.mts';
import type { Cursors } from './pages.mts';
import type { Schema } from './schemas/common.mts';
import { clockOf } from './settings.mts';
import type { Settings } from './settings.mts';
import type { State } from './state.mts';
import type { Json } from './types.mts';

/** The data and settings that endpoints use. */
export interface Backend {
	state: State;
	settings: Settings;
	media: MediaStore;
	cursors: Cursors;
}

export type Query = Record<string, string | number | boolean | string[] | undefined>;

/** An authorized and validated request. `id` is the decoded ID in the path, or ''. */
export interface Context<Body = unknown> {
	backend: Backend;
	id: string;
	query: Query;
	body: Body;
	/** A fault that changes the pagination of this response. */
	fault?: Fault;
}

/** A response. Without `body` it is sent without a body. */
export interface EndpointResponse {
	status: number;
	body?: Json;
}

/**
 * The definition of an API operation. `lists` names the array parameters that accept comma-separated values.
 * `rateLimit` is the endpoint's documented rate limit.
 */
export interface Endpoint<Body = unknown> {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	path: string;
	scope: string;
	rateLimit?: RateLimit;
	query?: Record<string, Schema>;
	requiredQuery?: string[];
	lists?: string[];
	body?: Schema;
	handle(context: Context<Body>): EndpointResponse;
}

/** Defines an endpoint with a typed body, which its schema must match. */
export function endpoint<Body = unknown>(definition: Endpoint<Body>): Endpoint {
	return definition;
}

/** A string parameter of the query, or undefined. */
export function text(context: Context, name: string): string | undefined {
	const value = context.query[name];
	return typeof value === 'string' ? value : undefined;
}

/** An array parameter of the query, or an empty array. */
export function list(context: Context, name: string): string[] {
	const value = context.query[name];
	return Array.isArray(value) ? value : [];
}

/** Whether a boolean query parameter is true. */
export function flag(context: Context, name: string): boolean {
	return context.query[name] === true;
}

/** The current time of the simulated organization. */
export function now(context: Context): Date {
	return clockOf(context.backend.settings);
}
