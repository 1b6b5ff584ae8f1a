import { describeAssignments } from './assignments.mts';
import type { Context } from './endpoint.mts';
import { invalid, missing } from './errors.mts';
import { string, strings } from './schemas/common.mts';
import type { Schema } from './schemas/common.mts';
import type { State } from './state.mts';
import type { Asset, AssetType, Entity, Json, JsonObject, Tag } from './types.mts';

/** The tag parameters of all entity lists. */
export const tagFilters: Record<string, Schema> = { tagIds: strings, parentTagIds: strings };

/** Additional filters of the driver, vehicle and asset lists. */
export const attributeFilters: Record<string, Schema> = {
	attributeValueIds: strings,
	attributes: strings,
	updatedAfterTime: string,
};

/** The array parameters that are split at commas. */
export const filterLists = ['tagIds', 'parentTagIds', 'attributeValueIds'];

/**
 * The entity with the ID in the path: a Samsara ID or, if `external` is true, an external ID `key:value`.
 * @throws ApiError 404 if it is not in this collection
 */
export function byPathId<Row extends Entity>(
	context: Context,
	collection: Map<string, Row>,
	label: string,
	external = true,
): Row {
	const { id } = context;
	const found = collection.get((external ? context.backend.state.resolveId(id) : id) ?? '');
	if (found === undefined) throw missing(label, id);
	return found;
}

/** The details that the endpoints of these assets return. Other details can be written, but are never returned. */
const ASSET_DETAILS: Partial<Record<AssetType, RegExp>> = {
	vehicle:
		/^(make|model|year|licensePlate|notes|harshAccelerationSettingType|vehicleRegulationMode|vehicleType|grossVehicleWeight|staticAssignedDriver|auxInputType\d+)$/,
	trailer: /^(licensePlate|notes|enabledForMobile)$/,
	equipment: /^notes$/,
};

/** The common members of drivers, vehicles, trailers and equipment in responses, without attributes. */
export function describeEntity(state: State, entity: Entity): JsonObject {
	const result: JsonObject = { id: entity.id, name: entity.name };
	const visible = 'type' in entity ? ASSET_DETAILS[(entity as Asset).type] : undefined;
	for (const [member, value] of Object.entries(entity.details)) {
		if (visible === undefined || visible.test(member)) result[member] = value;
	}
	if (entity.tagIds.length > 0) result.tags = describeTags(state, entity.tagIds);
	if (Object.keys(entity.externalIds).length > 0) result.externalIds = { ...entity.externalIds };
	return result;
}

/** The same with `attributes`. */
export function describeWithAttributes(state: State, entity: Entity): JsonObject {
	return { ...describeEntity(state, entity), attributes: describeAssignments(state, entity) };
}

/** `[{id, name, parentTagId?}]` */
export function describeTags(state: State, tagIds: string[]): Json[] {
	return tagIds.flatMap((id) => {
		const tag = state.tags.get(id);
		return tag === undefined ? [] : [{ ...tag }];
	});
}

/**
 * The unique tag IDs of a request.
 * @throws ApiError 400 if a tag does not exist
 */
export function requireTags(state: State, tagIds: string[]): string[] {
	for (const id of tagIds) {
		if (!state.tags.has(id)) throw invalid(`tagIds: no tag "${id}"`);
	}
	return [...new Set(tagIds)];
}

/** `{id, name}` of the driver, vehicle or tag with this ID, including the parent of a tag. @throws ApiError 400 */
export function reference(
	collection: Map<string, Pick<Entity, 'id' | 'name'> | Tag>,
	id: string,
	member: string,
): JsonObject {
	const found = collection.get(id);
	if (found === undefined) throw invalid(`${member}: unknown id "${id}"`);
	const { id: existing, name } = found;
	return 'parentTagId' in found ? { ...found } : { id: existing, name };
}

/** Updates `samsara.vin` and `samsara.serial`, which Samsara sets, to match the VIN and serial number. */
export function withSystemIds(
	state: State,
	asset: Asset | undefined,
	externalIds: Record<string, string>,
	{ vin, serial }: { vin?: string; serial?: string },
): Record<string, string> {
	const result = { ...externalIds };
	for (const [key, value] of [
		['samsara.vin', vin],
		['samsara.serial', serial],
	] as const) {
		if (value === undefined) continue;
		if (value === '') delete result[key];
		else {
			state.requireFree(asset, key, value);
			result[key] = value;
		}
	}
	return result;
}
