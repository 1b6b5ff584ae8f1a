import type { INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../../api/runContext';
import { MAX_IDS } from '../../api/chunkIds';
import { PAGE_SIZE } from '../../api/pagination';
import { path } from '../../api/path';
import type {
	Asset,
	AttributeEntityType,
	AttributeValues,
	Data,
	Driver,
	Equipment,
	Trailer,
	Vehicle,
} from '../../api/types';
import type { Item } from '../../execution/item';
import {
	assetColumns,
	driverColumns,
	equipmentColumns,
	trailerColumns,
	vehicleColumns,
} from '../../fields/entityRow';
import { completeAsset, readAsset, updateAsset } from './assetApi';
import { assetsWithAttributes } from './assets';
import {
	assetId,
	driverId,
	equipmentId,
	equipmentNotice,
	readEquipmentId,
	trailerId,
	vehicleId,
} from './entityIds';
import { findInPages } from './findInPages';

/** A driver or asset with its attributes. Without `attributes`, they are unknown. */
export interface EntityWithAttributes {
	id?: string;
	name?: string;
	externalIds?: object;
	attributes?: AttributeValues[];
}

/** How Samsara's API reads and writes drivers, vehicles, trailers or equipment. */
export interface EntityAdapter<E extends EntityWithAttributes = EntityWithAttributes> {
	/** Whose attributes they have. */
	entityType: AttributeEntityType;
	/** The parameter that picks one, and the notice above it in operations that update. */
	idProperty: INodeProperties;
	updateNotice?: INodeProperties;
	/** True if it is documented that `attributes` in an update replaces all attributes of the entity. */
	replaces: boolean;
	/** True if updates are documented as JSON merge patches: external IDs that are left out stay, and null removes one. */
	isMergePatch?: boolean;
	/** How many items `readMany` serves at a time; undefined for all of them. */
	chunkSize?: number;
	/** The ID that an item's form names. @throws InvalidInputError */
	idOf(item: Item): string;
	read(run: RunContext, id: string): Promise<E>;
	update(run: RunContext, id: string, changes: object): Promise<E>;
	/** The columns of a row beside the name and the attributes. */
	columnsOf(entity: E): Record<string, unknown>;
	/** Like `read`, but with attributes where another endpoint has to supply them. */
	readWithAttributes(run: RunContext, id: string): Promise<EntityWithAttributes>;
	/** An entity with what responses to writes may leave out. */
	complete?(run: RunContext, entity: E): Promise<E>;
	/** The entities that a few requests find, under the Samsara ID or external ID that was passed for each. */
	readMany(run: RunContext, ids: string[]): Promise<Map<string, EntityWithAttributes>>;
}

export const driverAdapter: EntityAdapter<Driver> = {
	...picked(driverId),
	...endpoints<Driver>('/fleet/drivers'),
	entityType: 'driver',
	replaces: false,
	columnsOf: driverColumns,
	readMany: async (run, ids) => await findInPages(run, driverLists, ids),
};

export const vehicleAdapter: EntityAdapter<Vehicle> = {
	...picked(vehicleId),
	...endpoints<Vehicle>('/fleet/vehicles'),
	entityType: 'asset',
	replaces: false,
	columnsOf: vehicleColumns,
	readMany: async (run, ids) => await findInPages(run, vehicleLists, ids),
};

export const trailerAdapter: EntityAdapter<Trailer> = {
	...picked(trailerId),
	...endpoints<Trailer>('/fleet/trailers'),
	entityType: 'asset',
	replaces: true,
	isMergePatch: true,
	chunkSize: MAX_IDS,
	columnsOf: trailerColumns,
	readMany: async (run, ids) => await assetsWithAttributes(run, 'trailer', ids),
};

const equipmentEndpoints = endpoints<Equipment>('/fleet/equipment', '/beta/fleet/equipment');

/** The equipment endpoints return no attributes; the asset endpoint may. */
export const equipmentAdapter: EntityAdapter<Equipment> = {
	...picked(equipmentId),
	...equipmentEndpoints,
	entityType: 'asset',
	updateNotice: equipmentNotice,
	replaces: true,
	isMergePatch: true,
	chunkSize: MAX_IDS,
	idOf: readEquipmentId,
	columnsOf: equipmentColumns,
	readWithAttributes: async (run, id) =>
		(await assetsWithAttributes(run, 'equipment', [id])).get(id) ??
		(await equipmentEndpoints.read(run, id)),
	readMany: async (run, ids) => await assetsWithAttributes(run, 'equipment', ids),
};

/** Assets of any type, including vehicles, trailers and equipment. */
export const assetAdapter: EntityAdapter<Asset> = {
	...picked(assetId),
	entityType: 'asset',
	replaces: true,
	chunkSize: MAX_IDS,
	columnsOf: assetColumns,
	read: readAsset,
	readWithAttributes: readAsset,
	update: updateAsset,
	complete: completeAsset,
	readMany: async (run, ids) => await assetsWithAttributes(run, undefined, ids),
};

const driverLists = [undefined, 'deactivated'].map((driverActivationStatus) => ({
	path: '/fleet/drivers',
	query: { limit: PAGE_SIZE, driverActivationStatus },
}));

const vehicleLists = [{ path: '/fleet/vehicles', query: { limit: PAGE_SIZE } }];

function picked(idProperty: INodeProperties) {
	return { idProperty, idOf: (item: Item) => item.id(idProperty.name, idProperty.displayName) };
}

function endpoints<E>(readPath: string, updatePath = readPath) {
	const read = async (run: RunContext, id: string) =>
		(await run.client.get<Data<E>>(`${readPath}${path`/${id}`}`)).data;
	return {
		read,
		readWithAttributes: read,
		update: async (run: RunContext, id: string, changes: object) =>
			(await run.client.patch<Data<E>>(`${updatePath}${path`/${id}`}`, changes)).data,
	};
}
