import type { Fault } from './faults.mts';
import type { RateLimit } from './limits.mts';
import type { MediaStore } from './media.mts';
import type { Cursors } from './pages.mts';
import type { Schema } from './schemas/common.mts';
import { clockOf } from './settings.mts';
import type { Settings } from './settings.mts';
import type { State } from './state.mts';
import type { Json } from './types.mts';

/** What every endpoint works on. */
export interface Backend {
	state: State;
	settings: Settings;
	media: MediaStore;
	cursors: Cursors;
}

export type Query = Record<string, string | number | boolean | string[] | undefined>;

/** One request after authorization and validation; `id` is the decoded path id or ''. */
export interface Context<Body = unknown> {
	backend: Backend;
	id: string;
	query: Query;
	body: Body;
	/** A fault that bends the pagination of this very answer. */
	fault?: Fault;
}

/** A status with a JSON body, or without one (`body` undefined: nothing is sent). */
export interface EndpointResponse {
	status: number;
	body?: Json;
}

/**
 * One operation of the API: all that is known of it. `lists` names the query parameters that are
 * arrays, taken as csv and repeated. `rateLimit` is the endpoint's own documented rate limit.
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

/** Types the body of an endpoint; its schema has to ask for the same. */
export function endpoint<Body = unknown>(definition: Endpoint<Body>): Endpoint {
	return definition;
}

/** A query parameter that is text, or undefined. */
export function text(context: Context, name: string): string | undefined {
	const value = context.query[name];
	return typeof value === 'string' ? value : undefined;
}

/** A query parameter that is a list; empty when it is absent. */
export function list(context: Context, name: string): string[] {
	const value = context.query[name];
	return Array.isArray(value) ? value : [];
}

/** Whether a boolean query parameter is true. */
export function flag(context: Context, name: string): boolean {
	return context.query[name] === true;
}

/** The current time of the simulated organisation. */
export function now(context: Context): Date {
	return clockOf(context.backend.settings);
}
