import type { Asset, Equipment, Trailer, Vehicle } from '../api/types';
import { searchableList } from './search';

/** Vehicles by name, with license plate and VIN to distinguish vehicles with the same name. */
export const searchVehicles = searchableList<Vehicle>(
	'/fleet/vehicles',
	({ id, name, licensePlate, vin, externalIds }) =>
		entry(id, [name, licensePlate, vin], externalIds),
);

/** Trailers by name, with license plate and serial number. */
export const searchTrailers = searchableList<Trailer>(
	'/fleet/trailers',
	({ id, name, licensePlate, trailerSerialNumber, externalIds }) =>
		entry(id, [name, licensePlate, trailerSerialNumber], externalIds),
);

/** Equipment by name, with its serial number. */
export const searchEquipment = searchableList<Equipment & { assetSerial?: string }>(
	'/fleet/equipment',
	({ id, name, assetSerial, externalIds }) => entry(id, [name, assetSerial], externalIds),
);

/** Assets by name, with their type and VIN or serial number. This list does not accept a page size. */
export const searchAssets = searchableList<Asset>(
	'/assets',
	({ id, name, type, vin, serialNumber, licensePlate, externalIds }) => {
		const { keywords, ...shown } = entry(
			id,
			[name, type, vin ?? serialNumber ?? licensePlate],
			externalIds,
		);
		return { ...shown, keywords: [licensePlate, ...keywords] };
	},
	{ limit: undefined, includeExternalIds: true },
);

function entry(id: unknown, words: Array<string | undefined>, externalIds: object = {}) {
	return {
		name: words.filter(Boolean).join(' · ') || String(id),
		value: String(id),
		keywords: Object.values(externalIds).map(String),
	};
}
