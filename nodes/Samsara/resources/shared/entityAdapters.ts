import type { RunContext } from '../../api/runContext';
import { MAX_IDS } from '../../api/chunkIds';
import { PAGE_SIZE } from '../../api/pagination';
import { path } from '../../api/path';
import type {
	AttributeEntityType,
	AttributeValues,
	Data,
	Driver,
	Equipment,
	Trailer,
	Vehicle,
} from '../../api/types';
import { assetsWithAttributes } from './assets';
import { findInPages } from './findInPages';

/** A driver or asset, as far as its attributes are concerned. `attributes` may be missing: then they are unknown. */
export interface EntityWithAttributes {
	id?: string;
	name?: string;
	externalIds?: object;
	attributes?: AttributeValues[];
}

/** How the attributes of drivers, vehicles, trailers or equipment are read and written. */
export interface EntityAdapter<E extends EntityWithAttributes = EntityWithAttributes> {
	entityType: AttributeEntityType;
	/** True where an array is documented to replace. */
	replaces: boolean;
	/** Items that are read together and then written; all of them where it is undefined. */
	chunkSize?: number;
	/** Entities under the IDs given, external ones too; what is not found with few calls is left out. */
	readMany(run: RunContext, ids: string[]): Promise<Map<string, EntityWithAttributes>>;
	readOne(run: RunContext, id: string): Promise<EntityWithAttributes>;
	write(run: RunContext, id: string, attributes: AttributeValues[]): Promise<E>;
}

const driverLists = [undefined, 'deactivated'].map((driverActivationStatus) => ({
	path: '/fleet/drivers',
	query: { limit: PAGE_SIZE, driverActivationStatus },
}));

const vehicleLists = [{ path: '/fleet/vehicles', query: { limit: PAGE_SIZE } }];

export const driverAdapter: EntityAdapter<Driver> = {
	entityType: 'driver',
	replaces: false,
	readMany: async (run, ids) => await findInPages(run, driverLists, ids),
	readOne: async (run, id) => (await run.client.get<Data<Driver>>(path`/fleet/drivers/${id}`)).data,
	write: async (run, id, attributes) =>
		(await run.client.patch<Data<Driver>>(path`/fleet/drivers/${id}`, { attributes })).data,
};

export const vehicleAdapter: EntityAdapter<Vehicle> = {
	entityType: 'asset',
	replaces: false,
	readMany: async (run, ids) => await findInPages(run, vehicleLists, ids),
	readOne: async (run, id) =>
		(await run.client.get<Data<Vehicle>>(path`/fleet/vehicles/${id}`)).data,
	write: async (run, id, attributes) =>
		(await run.client.patch<Data<Vehicle>>(path`/fleet/vehicles/${id}`, { attributes })).data,
};

export const trailerAdapter: EntityAdapter<Trailer> = {
	entityType: 'asset',
	replaces: true,
	chunkSize: MAX_IDS,
	readMany: async (run, ids) => await assetsWithAttributes(run, 'trailer', ids),
	readOne: async (run, id) =>
		(await run.client.get<Data<Trailer>>(path`/fleet/trailers/${id}`)).data,
	write: async (run, id, attributes) =>
		(await run.client.patch<Data<Trailer>>(path`/fleet/trailers/${id}`, { attributes })).data,
};

/** Reading equipment itself gives no attributes: its asset may. */
export const equipmentAdapter: EntityAdapter<Equipment> = {
	entityType: 'asset',
	replaces: true,
	chunkSize: MAX_IDS,
	readMany: async (run, ids) => await assetsWithAttributes(run, 'equipment', ids),
	readOne: async (run, id) =>
		(await assetsWithAttributes(run, 'equipment', [id])).get(id) ??
		(await run.client.get<Data<Equipment>>(path`/fleet/equipment/${id}`)).data,
	write: async (run, id, attributes) =>
		(await run.client.patch<Data<Equipment>>(path`/beta/fleet/equipment/${id}`, { attributes }))
			.data,
};
