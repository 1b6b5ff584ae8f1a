import type { SamsaraClient } from '../../api/client';
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
	readMany(samsara: SamsaraClient, ids: string[]): Promise<Map<string, EntityWithAttributes>>;
	readOne(samsara: SamsaraClient, id: string): Promise<EntityWithAttributes>;
	write(samsara: SamsaraClient, id: string, attributes: AttributeValues[]): Promise<E>;
}

const driverLists = [undefined, 'deactivated'].map((driverActivationStatus) => ({
	path: '/fleet/drivers',
	query: { limit: PAGE_SIZE, driverActivationStatus },
}));

const vehicleLists = [{ path: '/fleet/vehicles', query: { limit: PAGE_SIZE } }];

export const driverAdapter: EntityAdapter<Driver> = {
	entityType: 'driver',
	replaces: false,
	readMany: async (samsara, ids) => await findInPages(samsara, driverLists, ids),
	readOne: async (samsara, id) =>
		(await samsara.get<Data<Driver>>(path`/fleet/drivers/${id}`)).data,
	write: async (samsara, id, attributes) =>
		(await samsara.patch<Data<Driver>>(path`/fleet/drivers/${id}`, { attributes })).data,
};

export const vehicleAdapter: EntityAdapter<Vehicle> = {
	entityType: 'asset',
	replaces: false,
	readMany: async (samsara, ids) => await findInPages(samsara, vehicleLists, ids),
	readOne: async (samsara, id) =>
		(await samsara.get<Data<Vehicle>>(path`/fleet/vehicles/${id}`)).data,
	write: async (samsara, id, attributes) =>
		(await samsara.patch<Data<Vehicle>>(path`/fleet/vehicles/${id}`, { attributes })).data,
};

export const trailerAdapter: EntityAdapter<Trailer> = {
	entityType: 'asset',
	replaces: true,
	chunkSize: MAX_IDS,
	readMany: async (samsara, ids) => await assetsWithAttributes(samsara, 'trailer', ids),
	readOne: async (samsara, id) =>
		(await samsara.get<Data<Trailer>>(path`/fleet/trailers/${id}`)).data,
	write: async (samsara, id, attributes) =>
		(await samsara.patch<Data<Trailer>>(path`/fleet/trailers/${id}`, { attributes })).data,
};

/** Reading equipment itself gives no attributes: its asset may. */
export const equipmentAdapter: EntityAdapter<Equipment> = {
	entityType: 'asset',
	replaces: true,
	chunkSize: MAX_IDS,
	readMany: async (samsara, ids) => await assetsWithAttributes(samsara, 'equipment', ids),
	readOne: async (samsara, id) =>
		(await assetsWithAttributes(samsara, 'equipment', [id])).get(id) ??
		(await samsara.get<Data<Equipment>>(path`/fleet/equipment/${id}`)).data,
	write: async (samsara, id, attributes) =>
		(await samsara.patch<Data<Equipment>>(path`/beta/fleet/equipment/${id}`, { attributes })).data,
};
