import type { Endpoint } from './endpoint.mts';
import { endpoint } from './endpoint.mts';
import {
	byPathId,
	describeEntity,
	describeWithAttributes,
	filterLists,
	tagFilters,
} from './entities.mts';
import { filtered } from './filters.mts';
import { FIVE_A_SECOND, HUNDRED_A_MINUTE } from './limits.mts';
import { changeAsset, newAsset } from './assetChanges.mts';
import type { AssetChange } from './assetChanges.mts';
import { listPage } from './pages.mts';
import { paging } from './schemas/common.mts';
import { trailerChange, trailerCreation } from './schemas/entities.mts';
import type { Asset, JsonObject } from './types.mts';

interface Change extends AssetChange {
	trailerSerialNumber?: string;
}

/** The five operations on trailers. The list does not include attributes. */
export const trailerEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/fleet/trailers',
		scope: 'Read Trailers',
		rateLimit: FIVE_A_SECOND,
		query: { ...paging, ...tagFilters },
		lists: filterLists,
		handle(context) {
			const { state } = context.backend;
			const rows = filtered(context, [...state.trailers.values()]);
			const render = (row: Asset) => withSerial(describeEntity(state, row), row);
			return { status: 200, body: listPage(context, rows, render, 512) };
		},
	}),
	endpoint<Change>({
		method: 'POST',
		path: '/fleet/trailers',
		scope: 'Write Trailers',
		rateLimit: HUNDRED_A_MINUTE,
		body: trailerCreation,
		handle(context) {
			const { trailerSerialNumber: serial, ...change } = context.body;
			const trailer = newAsset(context, 'trailer', { ...change, serial });
			const body = describeWithAttributes(context.backend.state, trailer);
			return { status: 200, body: { data: withSerial(body, trailer) } };
		},
	}),
	endpoint({
		method: 'GET',
		path: '/fleet/trailers/:id',
		scope: 'Read Trailers',
		rateLimit: FIVE_A_SECOND,
		handle(context) {
			const { state } = context.backend;
			const trailer = byPathId(context, state.trailers, 'Trailer');
			const body = describeWithAttributes(state, trailer);
			return { status: 200, body: { data: withSerial(body, trailer) } };
		},
	}),
	endpoint<Change>({
		method: 'PATCH',
		path: '/fleet/trailers/:id',
		scope: 'Write Trailers',
		rateLimit: HUNDRED_A_MINUTE,
		body: trailerChange,
		handle(context) {
			const { state } = context.backend;
			const trailer = byPathId(context, state.trailers, 'Trailer');
			const { trailerSerialNumber: serial, ...change } = context.body;
			changeAsset(context, trailer, { ...change, serial });
			const body = describeWithAttributes(state, trailer);
			return { status: 200, body: { data: withSerial(body, trailer) } };
		},
	}),
	endpoint({
		method: 'DELETE',
		path: '/fleet/trailers/:id',
		scope: 'Write Trailers',
		rateLimit: HUNDRED_A_MINUTE,
		handle(context) {
			const { trailers } = context.backend.state;
			trailers.delete(byPathId(context, trailers, 'Trailer').id);
			return { status: 204 };
		},
	}),
];

function withSerial(body: JsonObject, trailer: Asset): JsonObject {
	return trailer.serial === undefined ? body : { ...body, trailerSerialNumber: trailer.serial };
}
