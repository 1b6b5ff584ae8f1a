import { randomBytes } from 'node:crypto';

import type { FastifyReply } from 'fastify';

import type { EndpointResponse } from './endpoint.mts';
import type { Fault } from './faults.mts';
import { isPageFault } from './faults.mts';
import type { RecordedRequest } from './recorder.mts';
import type { Timers } from './timers.mts';

const HTML = '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';

/** The state of one request until the response is sent. */
export interface Exchange {
	record: RecordedRequest;
	fault?: Fault;
	/** The time for the Date header. */
	clock(): Date;
	/** Marks the request as no longer in flight. Can be called twice. */
	end(): void;
}

/** The body of an error response, with a unique request ID. */
export function errorBody(message: string): { message: string; requestId: string } {
	return { message, requestId: randomBytes(8).toString('hex') };
}

/**
 * Sends the response, or the fault that applies to this request.
 */
export function deliver(
	exchange: Exchange,
	reply: FastifyReply,
	timers: Timers,
	response: EndpointResponse & { text?: string; headers?: Record<string, string> },
): FastifyReply {
	const { fault } = exchange;
	const text = response.body === undefined ? response.text : JSON.stringify(response.body);
	if (fault === undefined || fault.kind === 'delay' || isPageFault(fault)) {
		return send(exchange, reply, response.status, text, response.headers);
	}
	switch (fault.kind) {
		case 'status': {
			const status = fault.status ?? 500;
			const body = fault.body ?? errorBody(`Simulated error ${status}`);
			const content = typeof body === 'string' ? body : JSON.stringify(body);
			return send(exchange, reply, status, content, fault.headers);
		}
		case 'echo': {
			const { authorization = '' } = exchange.record.headers;
			const status = fault.status ?? 400;
			const body = errorBody(`Cannot be forwarded: authorization: ${authorization}`);
			return send(
				exchange,
				reply,
				status,
				JSON.stringify({ ...body, request: { authorization } }),
				{
					'x-forwarded-authorization': authorization,
					...fault.headers,
				},
			);
		}
		case 'nonJson':
			return send(exchange, reply, fault.status ?? 200, HTML, { 'content-type': 'text/html' });
		case 'empty':
			return send(exchange, reply, response.status < 300 ? response.status : 200, undefined);
		case 'reset':
			reply.hijack();
			reply.raw.socket?.resetAndDestroy();
			return reply;
		case 'hang':
			reply.hijack();
			if (fault.ms !== undefined) timers.after(fault.ms, () => reply.raw.socket?.destroy());
			return reply;
		default:
			return cut(exchange, reply, response.status, text ?? JSON.stringify(errorBody('cut')));
	}
}

function send(
	exchange: Exchange,
	reply: FastifyReply,
	status: number,
	text: string | undefined,
	headers: Record<string, string> = {},
): FastifyReply {
	finish(exchange, status);
	reply.code(status).headers({
		date: exchange.clock().toUTCString(),
		'x-request-id': randomBytes(8).toString('hex'),
	});
	if (text !== undefined) {
		const type = isJson(text) ? 'application/json' : 'text/plain';
		reply.header('content-type', `${type}; charset=utf-8`);
	}
	return reply.headers(headers).send(text);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function cut(exchange: Exchange, reply: FastifyReply, status: number, text: string): FastifyReply {
	finish(exchange, status);
	reply.hijack();
	const bytes = Buffer.from(text);
	reply.raw.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		'content-length': bytes.length,
		date: exchange.clock().toUTCString(),
	});
	reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
		reply.raw.socket?.end();
	});
	return reply;
}

function finish({ record, end }: Exchange, status: number): void {
	record.status = status;
	end();
}
