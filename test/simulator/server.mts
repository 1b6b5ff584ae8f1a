import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { assetEndpoints } from './assets.mts';
import { attributeEndpoints } from './attributes.mts';
import type { Exchange } from './delivery.mts';
import { deliver, errorBody } from './delivery.mts';
import { driverEndpoints } from './drivers.mts';
import type { EndpointResponse, Context, Endpoint, Query, Backend } from './endpoint.mts';
import { renderEmpty } from './emptiness.mts';
import { equipmentEndpoints } from './equipment.mts';
import { ApiError } from './errors.mts';
import type { Faults } from './faults.mts';
import { takesEffect } from './faults.mts';
import { PER_ORGANIZATION, PER_TOKEN } from './limits.mts';
import type { RateLimiter } from './limits.mts';
import { addOAuthRoutes } from './oauth.mts';
import type { OAuth } from './oauth.mts';
import { organizationEndpoints } from './organization.mts';
import { qualificationEndpoints } from './qualifications.mts';
import { qualificationTypeEndpoints } from './qualificationTypes.mts';
import type { Recorder } from './recorder.mts';
import type { Schema } from './schemas/common.mts';
import { clockOf } from './settings.mts';
import type { Settings } from './settings.mts';
import { streamEndpoints } from './stream.mts';
import type { Timers } from './timers.mts';
import { trailerEndpoints } from './trailers.mts';
import { compilers, describeViolation, querySchema, spreadLists } from './validation.mts';
import type { Violation } from './validation.mts';
import { vehicleEndpoints } from './vehicles.mts';

const MAX_BODY_BYTES = 40 * 1024 * 1024;

export const ENDPOINTS: Endpoint[] = [
	...organizationEndpoints,
	...attributeEndpoints,
	...driverEndpoints,
	...vehicleEndpoints,
	...trailerEndpoints,
	...equipmentEndpoints,
	...assetEndpoints,
	...qualificationTypeEndpoints,
	...qualificationEndpoints,
	...streamEndpoints,
];

/** The dependencies of the API server and the control server. */
export interface ServerDependencies {
	backend: Backend;
	recorder: Recorder;
	faults: Faults;
	limiter: RateLimiter;
	oauth: OAuth;
	timers: Timers;
}

/**
 * Creates the API server, not yet listening. It processes a request in this order: recording, latency, reading the body (up
 * to 40 MiB), token, scope, rate limits, faults, validation, endpoint.
 */
export function apiServer(dependencies: ServerDependencies): FastifyInstance {
	const { recorder, faults, timers, backend } = dependencies;
	const exchanges = new WeakMap<object, Exchange>();
	const exchangeOf = (request: FastifyRequest) => exchanges.get(request.raw) as Exchange;
	const app = fastify({
		bodyLimit: MAX_BODY_BYTES,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: 2000 },
		frameworkErrors(error, _request, reply: FastifyReply) {
			void reply.code(error.statusCode ?? 400).send(errorBody(error.message));
		},
	});
	const { body, query } = compilers();
	app.setValidatorCompiler<Schema>(({ schema, httpPart }) =>
		(httpPart === 'body' ? body : query).compile(schema),
	);

	app.addHook('onRequest', async (request, reply) => {
		const { method = '', url = '' } = request.raw;
		const route = request.routeOptions.url ?? url.split('?')[0];
		const record = recorder.begin(method, url, route, request.headers);
		const exchange: Exchange = {
			record,
			clock: () => clockOf(backend.settings),
			end: () => recorder.end(record),
		};
		exchanges.set(request.raw, exchange);
		reply.raw.once('close', exchange.end);
		await timers.pause(backend.settings.latencyMs);
	});

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
		const { record } = exchangeOf(request);
		record.rawBody = String(text);
		try {
			record.body = record.rawBody === '' ? undefined : JSON.parse(record.rawBody);
			done(null, record.body);
		} catch {
			done(new ApiError(400, 'body: not valid JSON'));
		}
	});

	addOAuthRoutes(app, { ...dependencies, exchangeOf });

	for (const endpoint of ENDPOINTS) {
		app.route({
			method: endpoint.method,
			url: endpoint.path,
			schema: {
				querystring: querySchema(endpoint),
				...(endpoint.body && { body: endpoint.body }),
			},
			async preValidation(request, reply) {
				authorize(dependencies, endpoint, request.headers.authorization);
				const input = request.query as Record<string, unknown>;
				spreadLists(endpoint, input);
				const exchange = exchangeOf(request);
				const { method, path, route } = exchange.record;
				const fault = faults.take({ method, path, route, hasCursor: Boolean(input.after) });
				if (fault === undefined) return undefined;
				exchange.fault = fault;
				if (fault.kind === 'delay') await timers.pause(fault.ms ?? 0);
				if (takesEffect(fault, method)) return undefined;
				return deliver(exchange, reply, timers, { status: 200 });
			},
			handler(request, reply) {
				const exchange = exchangeOf(request);
				const context: Context = {
					backend,
					id: (request.params as { id?: string }).id ?? '',
					query: request.query as Query,
					body: request.body,
					fault: exchange.fault,
				};
				return deliver(exchange, reply, timers, respond(backend.settings, endpoint, context));
			},
		});
	}

	app.setNotFoundHandler((request) => {
		const { method, path } = exchangeOf(request).record;
		if (ENDPOINTS.some((existing) => matchesTemplate(existing.path, path))) {
			throw new ApiError(405, `Method ${method} is not allowed on ${path}`);
		}
		throw new ApiError(404, `No such endpoint: ${method} ${path}`);
	});

	app.setErrorHandler(async (error: unknown, request, reply) => {
		const { status, message, headers, isViolation } = toErrorResponse(error);
		if (status === 413) await readToEnd(request);
		const exchange = exchangeOf(request);
		if (isViolation) exchange.record.violation = message;
		return deliver(exchange, reply, timers, { status, body: errorBody(message), headers });
	});
	return app;
}

/** The response of an endpoint, with empty bodies and members as set. */
function respond(
	{ emptyBody, nulls }: Settings,
	{ path, handle }: Endpoint,
	context: Context,
): EndpointResponse & { text?: string } {
	const response = handle(context);
	if (response.body === undefined)
		return emptyBody === '' ? response : { status: 200, text: emptyBody };
	return { ...response, body: renderEmpty(path, response.body, nulls) };
}

function matchesTemplate(template: string, path: string): boolean {
	return new RegExp(`^${template.replaceAll(/:\w+/g, '[^/]+')}$`).test(path);
}

/** @throws ApiError 401 for a wrong token, 403 that names the missing scope, or 429 with a fractional Retry-After */
function authorize(
	{ backend: { settings }, limiter, oauth }: ServerDependencies,
	endpoint: Endpoint,
	authorization = '',
): void {
	const [scheme, token] = authorization.split(' ');
	if (scheme.toLowerCase() !== 'bearer' || (token !== settings.token && !oauth.accepts(token))) {
		throw new ApiError(401, 'Invalid or missing API token');
	}
	if (settings.scopes !== undefined && !settings.scopes.includes(endpoint.scope)) {
		throw new ApiError(403, `The API token does not have the scope "${endpoint.scope}"`);
	}
	if (!settings.rateLimits) return;
	const { method, path, rateLimit } = endpoint;
	const seconds = limiter.take([
		{ key: 'token', rateLimit: PER_TOKEN },
		{ key: 'organization', rateLimit: PER_ORGANIZATION },
		...(rateLimit === undefined ? [] : [{ key: `${method} ${path}`, rateLimit }]),
	]);
	if (seconds !== undefined) {
		throw new ApiError(429, 'Rate limit exceeded', { 'retry-after': seconds.toFixed(5) });
	}
}

interface FastifyFailure {
	statusCode?: number;
	message?: string;
	validation?: Violation[];
	validationContext?: string;
}

/** Converts an error of Fastify or an endpoint to an error response as in the API. */
function toErrorResponse(error: unknown): {
	status: number;
	message: string;
	headers?: Record<string, string>;
	isViolation?: boolean;
} {
	if (error instanceof ApiError) return error;
	const {
		statusCode,
		message = 'Unknown error',
		validation,
		validationContext,
	} = error as FastifyFailure;
	if (validation !== undefined && validation.length > 0) {
		const message = describeViolation(validationContext ?? '', validation[0]);
		return { status: 400, message, isViolation: true };
	}
	if (statusCode !== undefined && statusCode < 500) return { status: statusCode, message };
	return { status: 500, message: `Error in the simulator: ${message}` };
}

/**
 * Reads a rejected upload to its end. Otherwise, a client that is still sending would see a broken connection instead of the
 * 413.
 */
async function readToEnd({ raw }: FastifyRequest): Promise<void> {
	if (raw.readableEnded || raw.destroyed) return;
	await new Promise<void>((resolve) => {
		raw.once('end', resolve).once('close', resolve);
		raw.resume();
	});
}
