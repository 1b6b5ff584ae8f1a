import { assignmentsAfter } from './assignments.mts';
import type { AttributeItem } from './assignments.mts';
import type { Context } from './endpoint.mts';
import { now } from './endpoint.mts';
import { requireTags, withSystemIds } from './entities.mts';
import { utc } from './times.mts';
import type { Asset, AssetType, JsonObject } from './types.mts';

/** A change to a trailer, a piece of equipment or an asset. Members that are not listed here are stored in `details`. */
export interface AssetChange {
	name?: string;
	vin?: string;
	serial?: string;
	tagIds?: string[];
	externalIds?: Record<string, string | null>;
	attributes?: AttributeItem[];
	[detail: string]: unknown;
}

/** Creates an asset in the collection of its type. @throws ApiError 400 as `changeAsset` does */
export function newAsset(context: Context, type: AssetType, change: AssetChange): Asset {
	const { state } = context.backend;
	const time = utc(now(context));
	const asset: Asset = {
		id: '',
		type,
		name: '',
		tagIds: [],
		externalIds: {},
		attributes: [],
		createdAtTime: time,
		updatedAtTime: time,
		details: {},
	};
	changeAsset(context, asset, change);
	asset.id = state.newEntityId();
	state.assetsOf(type).set(asset.id, asset);
	state.index(asset);
	return asset;
}

/**
 * Changes an asset like a JSON merge patch: arrays are replaced, and external IDs are merged by key, where null removes one.
 * A rejected change has no effect.
 * @throws ApiError 400 for unknown tags, attributes or values, or an external ID that is in use
 */
export function changeAsset(context: Context, asset: Asset, change: AssetChange): void {
	const { state } = context.backend;
	const { name, vin, serial, tagIds, externalIds, attributes, ...details } = change;
	const existing = asset.id === '' ? undefined : asset;
	const changed: Asset = { ...asset, details: { ...asset.details, ...(details as JsonObject) } };
	if (name !== undefined) changed.name = name;
	if (vin !== undefined) changed.vin = vin;
	if (serial !== undefined) changed.serial = serial;
	if (tagIds !== undefined) changed.tagIds = requireTags(state, tagIds);
	const { externalIdRemoval } = context.backend.settings;
	const merged =
		externalIds === undefined
			? asset.externalIds
			: state.mergedExternalIds(existing, externalIds, externalIdRemoval);
	changed.externalIds = withSystemIds(state, existing, merged, { vin, serial });
	if (attributes !== undefined) {
		changed.attributes = assignmentsAfter(state, 'asset', asset.attributes, attributes, 'replace');
	}
	Object.assign(asset, changed, { updatedAtTime: now(context).toISOString() });
	if (existing !== undefined) state.index(asset);
}
