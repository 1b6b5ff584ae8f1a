import { describeAssignments } from './assignments.mts';
import type { Context } from './endpoint.mts';
import { invalid, missing } from './errors.mts';
import { string, strings } from './schemas/common.mts';
import type { Schema } from './schemas/common.mts';
import type { State } from './state.mts';
import type { Asset, AssetType, Entity, Json, JsonObject, Tag } from './types.mts';

/** The tag parameters that every list of entities takes. */
export const tagFilters: Record<string, Schema> = { tagIds: strings, parentTagIds: strings };

/** The further filters of the driver, vehicle and asset lists. */
export const attributeFilters: Record<string, Schema> = {
	attributeValueIds: strings,
	attributes: strings,
	updatedAfterTime: string,
};

/** The array parameters among them that are split at commas. */
export const filterLists = ['tagIds', 'parentTagIds', 'attributeValueIds'];

/**
 * The entity a path id stands for: a Samsara id or, where allowed, an external id `key:value`.
 * @throws ApiError 404 when there is none in this collection
 */
export function byPathId<Row extends Entity>(
	context: Context,
	collection: Map<string, Row>,
	what: string,
	external = true,
): Row {
	const { id } = context;
	const colon = id.indexOf(':');
	const holder =
		colon > 0 && external
			? context.backend.state.holder(id.slice(0, colon), id.slice(colon + 1))?.id
			: id;
	const found = holder === undefined ? undefined : collection.get(holder);
	if (found === undefined) throw missing(what, id);
	return found;
}

/** The details that the own endpoints of these assets answer; others are written, and never read. */
const ASSET_DETAILS: Partial<Record<AssetType, RegExp>> = {
	vehicle:
		/^(make|model|year|licensePlate|notes|harshAccelerationSettingType|vehicleRegulationMode|vehicleType|grossVehicleWeight|staticAssignedDriver|auxInputType\d+)$/,
	trailer: /^(licensePlate|notes|enabledForMobile)$/,
	equipment: /^notes$/,
};

/** What drivers, vehicles, trailers and equipment have in common in answers, without attributes. */
export function describeEntity(state: State, entity: Entity): JsonObject {
	const result: JsonObject = { id: entity.id, name: entity.name };
	const shown = 'type' in entity ? ASSET_DETAILS[(entity as Asset).type] : undefined;
	for (const [member, value] of Object.entries(entity.details)) {
		if (shown === undefined || shown.test(member)) result[member] = value;
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
 * The tag ids of a request, which replace those of the entity.
 * @throws ApiError 400 for a tag that does not exist
 */
export function knownTags(state: State, tagIds: string[]): string[] {
	for (const id of tagIds) {
		if (!state.tags.has(id)) throw invalid(`tagIds: no tag "${id}"`);
	}
	return [...new Set(tagIds)];
}

/** `{id, name}` of a driver, vehicle or tag that a request refers to; of a tag with its parent. */
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

/** Keeps `samsara.vin` and `samsara.serial`, which the system sets, in step with vin and serial. */
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
