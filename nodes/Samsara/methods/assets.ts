import type { Asset, Equipment, Trailer, Vehicle } from '../api/types';
import { namedEntry, searchableList, type Entry } from './search';

/** Vehicles by name, with license plate and VIN. */
export const searchVehicles = searchableList<Vehicle>('/fleet/vehicles', (vehicle) =>
	namedEntry(vehicle, [vehicle.licensePlate, vehicle.vin]),
);

/** Trailers by name, with license plate and serial number. */
export const searchTrailers = searchableList<Trailer>('/fleet/trailers', (trailer) =>
	namedEntry(trailer, [trailer.licensePlate, trailer.trailerSerialNumber]),
);

/** Equipment by name, with its serial number. */
export const searchEquipment = searchableList<Equipment & { assetSerial?: string }>(
	'/fleet/equipment',
	(equipment) => namedEntry(equipment, [equipment.assetSerial || equipment.equipmentSerialNumber]),
);

/** What `GET /assets` needs. It does not accept a page size. */
export const ASSET_QUERY = { limit: undefined, includeExternalIds: true };

/** Assets by name, with their type and VIN or serial number. */
export const searchAssets = searchableList<Asset>('/assets', assetEntry, ASSET_QUERY);

/** An asset by name, type, and VIN, serial number or license plate. */
export function assetEntry(asset: Asset): Entry {
	const { name, type = '', vin, serialNumber, licensePlate } = asset;
	const label = type.slice(0, 1).toUpperCase() + type.slice(1);
	const named = { ...asset, name: [name, label].filter(Boolean).join(' · ') };
	const { keywords = [], ...shown } = namedEntry(named, [vin || serialNumber || licensePlate]);
	return { ...shown, keywords: [licensePlate, ...keywords] };
}
