import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

import { errorBody } from './delivery.mts';
import { ApiError, invalid, missing } from './errors.mts';
import type { Fault } from './faults.mts';
import { TOKEN_USER } from './qualifications.mts';
import type { Recorder } from './recorder.mts';
import type { ServerDependencies } from './server.mts';
import { clockOf } from './settings.mts';
import type { Settings } from './settings.mts';
import type { QualificationRecord } from './types.mts';

const COLLECTIONS = [
	'drivers',
	'vehicles',
	'trailers',
	'equipment',
	'otherAssets',
	'tags',
	'attributes',
	'qualificationTypes',
	'records',
] as const;

/** A fault as JSON. `pathPattern` is the source of a regular expression that the path must match. */
type RemoteFault = Omit<Fault, 'path'> & { path?: string; pathPattern?: string };

/** The members of a record that the control server can change; a null `expirationDate` clears it. */
type RecordChange = Partial<Omit<QualificationRecord, 'expirationDate'>> & {
	expirationDate?: string | null;
};

/**
 * Creates the control server, not yet listening, with JSON endpoints for other processes under /control and the media host
 * under /media. It requires no token, so it must listen on 127.0.0.1 only.
 */
export function controlServer(
	dependencies: ServerDependencies,
	mediaRecorder: Recorder,
): FastifyInstance {
	const { backend, recorder, faults, limiter, timers } = dependencies;
	const { state, settings, media } = backend;
	const app = fastify({ forceCloseConnections: true });

	app.get('/control/requests', () => recorder.requests);
	app.delete('/control/requests', () => {
		recorder.clear();
		mediaRecorder.clear();
		return { cleared: true };
	});
	app.get('/control/stats', () => {
		const stats: Record<string, Record<string, number>> = {};
		for (const { method, route, status } of recorder.requests) {
			const counts = (stats[`${method} ${route}`] ??= {});
			counts[status] = (counts[status] ?? 0) + 1;
		}
		return stats;
	});
	app.post<{ Body: RemoteFault }>('/control/faults', ({ body }) => {
		const { pathPattern, ...fault } = body;
		if (typeof fault.kind !== 'string') throw invalid('kind: required');
		faults.add(pathPattern === undefined ? fault : { ...fault, path: new RegExp(pathPattern) });
		return { pending: faults.pending };
	});
	app.delete('/control/faults', () => {
		faults.clear();
		return { pending: 0 };
	});
	app.patch<{ Body: Partial<Omit<Settings, 'now'>> }>('/control/settings', ({ body }) => {
		for (const name of Object.keys(body)) {
			if (!(name in settings) || name === 'now') throw invalid(`${name}: no such setting`);
		}
		Object.assign(settings, body);
		limiter.clear();
		return settings;
	});
	app.get<{ Querystring: { collection?: string } }>('/control/state', ({ query }) => {
		const name = COLLECTIONS.find((collection) => collection === query.collection);
		if (name === undefined) throw invalid(`collection: one of ${COLLECTIONS.join(', ')}`);
		return [...state[name].values()];
	});
	app.post<{ Params: { id: string }; Body: RecordChange | undefined }>(
		'/control/records/:id',
		({ params, body }) => {
			const record = state.records.get(params.id);
			if (record === undefined) throw missing('Qualification record', params.id);
			const { expirationDate, id: _id, updatedAtTime, ...change } = body ?? {};
			Object.assign(record, change);
			if (expirationDate !== undefined) record.expirationDate = expirationDate ?? undefined;
			record.updatedBy = TOKEN_USER;
			const time = updatedAtTime === undefined ? clockOf(settings) : new Date(updatedAtTime);
			state.change(record, time);
			state.index(record);
			return record;
		},
	);

	app.get<{ Params: { id: string }; Querystring: { signature?: string; expires?: string } }>(
		'/media/:id',
		async (request, reply) => {
			const { method, url = '' } = request.raw;
			const record = mediaRecorder.begin(method ?? '', url, '/media/:id', request.headers);
			mediaRecorder.end(record);
			await timers.pause(settings.latencyMs);
			try {
				if (request.headers.authorization !== undefined) {
					throw invalid('InvalidArgument: only one auth mechanism allowed');
				}
				const { signature = '', expires = '' } = request.query;
				const file = media.open(request.params.id, signature, expires);
				record.status = 200;
				return reply.header('content-type', file.mediaType).send(file.bytes);
			} catch (error) {
				record.status = error instanceof ApiError ? error.status : 500;
				throw error;
			}
		},
	);

	app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
		const status = error instanceof ApiError ? error.status : (error.statusCode ?? 500);
		void reply.code(status).send(errorBody(error.message));
	});
	return app;
}
