import { assignmentsAfter } from './assignments.mts';
import type { AttributeItem } from './assignments.mts';
import type { Endpoint } from './endpoint.mts';
import { endpoint, now } from './endpoint.mts';
import {
	attributeFilters,
	byPathId,
	describeWithAttributes,
	filterLists,
	requireTags,
	reference,
	tagFilters,
	withSystemIds,
} from './entities.mts';
import { filtered } from './filters.mts';
import { TWENTY_FIVE_A_SECOND } from './limits.mts';
import { listPage } from './pages.mts';
import { paging, string } from './schemas/common.mts';
import { vehicleChange } from './schemas/entities.mts';
import type { State } from './state.mts';
import type { Asset, JsonObject } from './types.mts';

interface Change {
	name?: string;
	vin?: string;
	tagIds?: string[];
	externalIds?: Record<string, string | null>;
	attributes?: AttributeItem[];
	staticAssignedDriverId?: string;
	[detail: string]: unknown;
}

/** The three operations on vehicles, which are created with POST /assets. */
export const vehicleEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/fleet/vehicles',
		scope: 'Read Vehicles',
		rateLimit: TWENTY_FIVE_A_SECOND,
		query: { ...paging, ...tagFilters, ...attributeFilters, createdAfterTime: string },
		lists: filterLists,
		handle(context) {
			const { state } = context.backend;
			const passed = filtered(context, [...state.vehicles.values()], {
				values: true,
				dates: true,
				openBounds: false,
			});
			const render = (vehicle: Asset) => describeListed(state, vehicle);
			return { status: 200, body: listPage(context, passed, render, 512) };
		},
	}),
	endpoint({
		method: 'GET',
		path: '/fleet/vehicles/:id',
		scope: 'Read Vehicles',
		handle(context) {
			const { state } = context.backend;
			const vehicle = byPathId(context, state.vehicles, 'Vehicle');
			return { status: 200, body: { data: describeVehicle(state, vehicle) } };
		},
	}),
	endpoint<Change>({
		method: 'PATCH',
		path: '/fleet/vehicles/:id',
		scope: 'Write Vehicles',
		body: vehicleChange,
		handle(context) {
			const { state, settings } = context.backend;
			const vehicle = byPathId(context, state.vehicles, 'Vehicle');
			const { name, vin, tagIds, externalIds, attributes, staticAssignedDriverId, ...details } =
				context.body;
			const changed: Asset = {
				...vehicle,
				details: { ...vehicle.details, ...(details as JsonObject) },
			};
			if (name !== undefined) changed.name = name;
			if (vin !== undefined) changed.vin = vin;
			if (tagIds !== undefined) changed.tagIds = requireTags(state, tagIds);
			const merged =
				externalIds === undefined
					? vehicle.externalIds
					: state.mergedExternalIds(vehicle, externalIds, settings.externalIdRemoval);
			changed.externalIds = withSystemIds(state, vehicle, merged, { vin });
			if (attributes !== undefined) {
				const mode = settings.attributeWrites;
				changed.attributes = assignmentsAfter(state, 'asset', vehicle.attributes, attributes, mode);
			}
			if (staticAssignedDriverId === '0') delete changed.details.staticAssignedDriver;
			else if (staticAssignedDriverId !== undefined) {
				changed.details.staticAssignedDriver = reference(
					state.drivers,
					staticAssignedDriverId,
					'staticAssignedDriverId',
				);
			}
			Object.assign(vehicle, changed, { updatedAtTime: now(context).toISOString() });
			state.index(vehicle);
			return { status: 200, body: { data: describeVehicle(state, vehicle) } };
		},
	}),
];

/** A vehicle in the list, which includes its times, but not `grossVehicleWeight`. */
function describeListed(state: State, vehicle: Asset): JsonObject {
	const { grossVehicleWeight: _weight, ...members } = describeVehicle(state, vehicle);
	const { createdAtTime, updatedAtTime } = vehicle;
	return { ...members, createdAtTime, updatedAtTime };
}

function describeVehicle(state: State, vehicle: Asset): JsonObject {
	const result = describeWithAttributes(state, vehicle);
	if (vehicle.vin !== undefined) result.vin = vehicle.vin;
	if (vehicle.serial !== undefined) result.serial = vehicle.serial;
	return result;
}
