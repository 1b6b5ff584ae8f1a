import { changeAsset, newAsset } from './assetChanges.mts';
import type { AssetChange } from './assetChanges.mts';
import { describeAssignments } from './assignments.mts';
import type { Context, Endpoint } from './endpoint.mts';
import { endpoint, flag, list, text } from './endpoint.mts';
import { attributeFilters, describeTags, filterLists, tagFilters } from './entities.mts';
import { invalid, missing } from './errors.mts';
import { filtered } from './filters.mts';
import { FIVE_A_SECOND, HUNDRED_A_MINUTE } from './limits.mts';
import { listPage } from './pages.mts';
import { boolean, oneOf, string, strings } from './schemas/common.mts';
import { assetChange, assetCreation } from './schemas/entities.mts';
import type { State } from './state.mts';
import type { Asset, AssetType, JsonObject } from './types.mts';

interface Change extends AssetChange {
	type?: AssetType;
	serialNumber?: string;
	regulationMode?: string;
	year?: number;
}

const PAGE_SIZE = 300;

const byId = { query: { id: string }, requiredQuery: ['id'] };

/** The four operations on assets, which are vehicles, trailers, equipment and other assets. */
export const assetEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/assets',
		scope: 'Read Assets',
		rateLimit: FIVE_A_SECOND,
		query: {
			...tagFilters,
			...attributeFilters,
			after: string,
			type: oneOf('uncategorized', 'trailer', 'equipment', 'unpowered', 'vehicle'),
			ids: strings,
			externalIds: strings,
			includeExternalIds: boolean,
			includeTags: boolean,
			includeAttributes: boolean,
		},
		lists: [...filterLists, 'ids', 'externalIds'],
		handle(context) {
			const { state, settings } = context.backend;
			const rows = state.allAssets().filter(selection(context));
			const passed = filtered(context, rows, { values: false, dates: true, openBounds: true });
			const include = {
				externalIds: flag(context, 'includeExternalIds'),
				tags: flag(context, 'includeTags'),
				attributes: settings.assetAttributes && flag(context, 'includeAttributes'),
			};
			const render = (row: Asset) => describeAsset(state, row, include);
			return { status: 200, body: listPage(context, passed, render, PAGE_SIZE) };
		},
	}),
	endpoint<Change>({
		method: 'POST',
		path: '/assets',
		scope: 'Write Assets',
		rateLimit: HUNDRED_A_MINUTE,
		body: assetCreation,
		handle(context) {
			const { type = 'uncategorized', ...change } = context.body;
			const asset = newAsset(context, type, renamed(change));
			return { status: 200, body: { data: describeWritten(context, asset) } };
		},
	}),
	endpoint<Change>({
		method: 'PATCH',
		path: '/assets',
		scope: 'Write Assets',
		rateLimit: HUNDRED_A_MINUTE,
		...byId,
		body: assetChange,
		handle(context) {
			const { state } = context.backend;
			const asset = find(context);
			const { type = asset.type, ...change } = context.body;
			changeAsset(context, asset, renamed(change));
			if (type !== asset.type) {
				state.assetsOf(asset.type).delete(asset.id);
				asset.type = type;
				state.assetsOf(type).set(asset.id, asset);
			}
			return { status: 200, body: { data: describeWritten(context, asset) } };
		},
	}),
	endpoint({
		method: 'DELETE',
		path: '/assets',
		scope: 'Write Assets',
		rateLimit: HUNDRED_A_MINUTE,
		...byId,
		handle(context) {
			const asset = find(context);
			context.backend.state.assetsOf(asset.type).delete(asset.id);
			return { status: 204 };
		},
	}),
];

/** Converts a change to the format of vehicles, which have different names for two members and the year as a string. */
function renamed({ serialNumber: serial, regulationMode, year, ...change }: Change): AssetChange {
	const details: AssetChange = {};
	if (regulationMode !== undefined) details.vehicleRegulationMode = regulationMode;
	if (year !== undefined) details.year = String(year);
	return { ...change, ...details, serial };
}

interface Include {
	externalIds: boolean;
	tags: boolean;
	attributes: boolean;
}

function describeWritten({ backend }: Context, asset: Asset): JsonObject {
	const all = backend.settings.assetResponses === 'complete';
	return describeAsset(backend.state, asset, { externalIds: all, tags: all, attributes: all });
}

function describeAsset(state: State, asset: Asset, include: Include): JsonObject {
	const { id, name, type, vin, serial, createdAtTime, updatedAtTime, details } = asset;
	const { make, model, year, licensePlate, notes, readingsIngestionEnabled } = details;
	const regulationMode = details.vehicleRegulationMode;
	const members = { vin, serialNumber: serial, make, model, licensePlate, notes, regulationMode };
	const result: JsonObject = { id, name, type, createdAtTime, updatedAtTime };
	for (const [member, value] of Object.entries({ ...members, readingsIngestionEnabled })) {
		if (value !== undefined) result[member] = value;
	}
	if (year !== undefined) result.year = Number(year);
	if (include.externalIds) result.externalIds = { ...asset.externalIds };
	if (include.tags) result.tags = describeTags(state, asset.tagIds);
	if (include.attributes) result.attributes = describeAssignments(state, asset);
	return result;
}

function selection(context: Context): (asset: Asset) => boolean {
	const { type } = context.query;
	const external = list(context, 'externalIds');
	const ids = [...list(context, 'ids'), ...external];
	if (external.some((id) => !id.includes(':'))) throw invalid('externalIds: not key:value');
	const idsOf = (asset: Asset) => [
		asset.id,
		...Object.entries(asset.externalIds).map(([key, value]) => `${key}:${value}`),
	];
	return (asset) =>
		(type === undefined || asset.type === type) &&
		(ids.length === 0 || idsOf(asset).some((id) => ids.includes(id)));
}

/** Accepts Samsara IDs and, as set, external IDs; the documentation of PATCH and DELETE only says "id". */
function find(context: Context): Asset {
	const id = text(context, 'id') ?? '';
	const { state, settings } = context.backend;
	const assetId = settings.externalIdsEverywhere ? state.resolveId(id) : id;
	const asset = state.allAssets().find((candidate) => candidate.id === assetId);
	if (asset === undefined) throw missing('Asset', id);
	return asset;
}
