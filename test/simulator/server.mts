import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { assetEndpoints } from './assets.mts';
import { attributeEndpoints } from './attributes.mts';
import type { Exchange } from './delivery.mts';
import { deliver, errorBody } from './delivery.mts';
import { driverEndpoints } from './drivers.mts';
import type { EndpointResponse, Context, Endpoint, Query, Backend } from './endpoint.mts';
import { saidEmpty } from './emptiness.mts';
import { equipmentEndpoints } from './equipment.mts';
import { ApiError } from './errors.mts';
import type { Faults } from './faults.mts';
import { takesEffect } from './faults.mts';
import { PER_ORGANIZATION, PER_TOKEN } from './limits.mts';
import type { RateLimiter } from './limits.mts';
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

const BODY_LIMIT = 20 * 1024 * 1024;

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

/** What the API server works with besides the world. */
export interface ServerDependencies {
	backend: Backend;
	recorder: Recorder;
	faults: Faults;
	limiter: RateLimiter;
	timers: Timers;
}

/**
 * The API server, not yet listening. A request passes: recording, latency, reading of the body
 * (20 MiB at most), token, scope, rate limits, faults, validation, the endpoint.
 */
export function apiServer(dependencies: ServerDependencies): FastifyInstance {
	const { recorder, faults, timers, backend } = dependencies;
	const exchanges = new WeakMap<object, Exchange>();
	const exchangeOf = (request: FastifyRequest) => exchanges.get(request.raw) as Exchange;
	const app = fastify({
		bodyLimit: BODY_LIMIT,
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
			answered: () => recorder.end(record),
		};
		exchanges.set(request.raw, exchange);
		reply.raw.once('close', exchange.answered);
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
				return deliver(exchange, reply, timers, answered(backend.settings, endpoint, context));
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
		const { status, message, headers, isViolation } = refusal(error);
		if (status === 413) await drained(request);
		const exchange = exchangeOf(request);
		if (isViolation) exchange.record.violation = message;
		return deliver(exchange, reply, timers, { status, body: errorBody(message), headers });
	});
	return app;
}

/** What the endpoint answers, in the way that the settings want empty bodies and members. */
function answered(
	{ emptyBody, nulls }: Settings,
	{ path, handle }: Endpoint,
	context: Context,
): EndpointResponse & { text?: string } {
	const response = handle(context);
	if (response.body === undefined)
		return emptyBody === '' ? response : { status: 200, text: emptyBody };
	return { ...response, body: saidEmpty(path, response.body, nulls) };
}

function matchesTemplate(template: string, path: string): boolean {
	return new RegExp(`^${template.replaceAll(/:\w+/g, '[^/]+')}$`).test(path);
}

/** @throws ApiError 401 for the token, 403 naming the scope, 429 with a fractional Retry-After */
function authorize(
	{ backend: { settings }, limiter }: ServerDependencies,
	endpoint: Endpoint,
	authorization = '',
): void {
	const [scheme, token] = authorization.split(' ');
	if (scheme.toLowerCase() !== 'bearer' || token !== settings.token) {
		throw new ApiError(401, 'Invalid or missing API token');
	}
	if (settings.scopes !== undefined && !settings.scopes.includes(endpoint.scope)) {
		throw new ApiError(403, `The API token does not have the scope "${endpoint.scope}"`);
	}
	if (!settings.rateLimits) return;
	const { method, path, rateLimit } = endpoint;
	const seconds = limiter.take([
		{ key: 'token', tier: PER_TOKEN },
		{ key: 'organization', tier: PER_ORGANIZATION },
		...(rateLimit === undefined ? [] : [{ key: `${method} ${path}`, tier: rateLimit }]),
	]);
	if (seconds !== undefined) {
		throw new ApiError(429, 'Rate limit exceeded', { 'retry-after': seconds.toFixed(5) });
	}
}

interface Failure {
	statusCode?: number;
	message?: string;
	validation?: Violation[];
	validationContext?: string;
}

/** Turns whatever Fastify or an endpoint threw into a refusal in the API's manner. */
function refusal(error: unknown): {
	status: number;
	message: string;
	headers?: Record<string, string>;
	isViolation?: boolean;
} {
	if (error instanceof ApiError) return error;
	const { statusCode, message = 'Unknown error', validation, validationContext } = error as Failure;
	if (validation !== undefined && validation.length > 0) {
		const message = describeViolation(validationContext ?? '', validation[0]);
		return { status: 400, message, isViolation: true };
	}
	if (statusCode !== undefined && statusCode < 500) return { status: statusCode, message };
	return { status: 500, message: `The simulator failed: ${message}` };
}

/**
 * Resolves once a refused upload has arrived: a client that is still sending would see its
 * connection break instead of the 413.
 */
async function drained({ raw }: FastifyRequest): Promise<void> {
	if (raw.readableEnded || raw.destroyed) return;
	await new Promise<void>((resolve) => {
		raw.once('end', resolve).once('close', resolve);
		raw.resume();
	});
}
