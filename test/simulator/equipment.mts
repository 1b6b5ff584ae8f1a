import { changeAsset } from './assetChanges.mts';
import type { AssetChange } from './assetChanges.mts';
import type { Endpoint } from './endpoint.mts';
import { endpoint } from './endpoint.mts';
import {
	byPathId,
	describeEntity,
	describeWithAttributes,
	filterLists,
	tagFilters,
} from './entities.mts';
import { invalid } from './errors.mts';
import { filtered } from './filters.mts';
import { HUNDRED_A_MINUTE } from './limits.mts';
import { listPage } from './pages.mts';
import { paging } from './schemas/common.mts';
import { equipmentChange } from './schemas/entities.mts';
import type { Asset, JsonObject } from './types.mts';

interface Change extends AssetChange {
	id?: string;
	equipmentSerialNumber?: string;
}

/**
 * The three operations on equipment, which accept only Samsara IDs. Only the beta PATCH returns attributes. The serial number
 * is called `assetSerial` in GET responses and `equipmentSerialNumber` in the PATCH.
 */
export const equipmentEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/fleet/equipment',
		scope: 'Read Equipment',
		query: { ...paging, ...tagFilters },
		lists: filterLists,
		handle(context) {
			const { state } = context.backend;
			const rows = filtered(context, [...state.equipment.values()]);
			const render = (row: Asset) => withSerial(describeEntity(state, row), 'assetSerial', row);
			return { status: 200, body: listPage(context, rows, render, 512) };
		},
	}),
	endpoint({
		method: 'GET',
		path: '/fleet/equipment/:id',
		scope: 'Read Equipment',
		handle(context) {
			const { state } = context.backend;
			const equipment = byPathId(context, state.equipment, 'Equipment', false);
			const body = describeEntity(state, equipment);
			return { status: 200, body: { data: withSerial(body, 'assetSerial', equipment) } };
		},
	}),
	endpoint<Change>({
		method: 'PATCH',
		path: '/beta/fleet/equipment/:id',
		scope: 'Write Equipment',
		rateLimit: HUNDRED_A_MINUTE,
		body: equipmentChange,
		handle(context) {
			const { state } = context.backend;
			const equipment = byPathId(context, state.equipment, 'Equipment', false);
			const { id, equipmentSerialNumber: serial, ...change } = context.body;
			if (id !== undefined && id !== equipment.id) throw invalid('id: cannot be changed');
			changeAsset(context, equipment, { ...change, serial });
			const body = describeWithAttributes(state, equipment);
			return { status: 200, body: { data: withSerial(body, 'equipmentSerialNumber', equipment) } };
		},
	}),
];

function withSerial(body: JsonObject, member: string, { serial }: Asset): JsonObject {
	return serial === undefined ? body : { ...body, [member]: serial };
}
