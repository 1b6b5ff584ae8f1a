import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Equipment, Trailer, Vehicle } from '../api/types';
import { inEditor } from './editor';
import { searchPages } from './search';

/** Vehicles by name, with licence plate and VIN to tell two of one name apart. */
export async function searchVehicles(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await inEditor(
		this,
		async (samsara) =>
			await searchPages<Vehicle>(
				samsara,
				'/fleet/vehicles',
				{},
				({ id, name, licensePlate, vin, externalIds }) =>
					entry(id, [name, licensePlate, vin], externalIds),
				filter,
				token,
			),
	);
}

/** Trailers by name, with licence plate and serial number. */
export async function searchTrailers(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await inEditor(
		this,
		async (samsara) =>
			await searchPages<Trailer>(
				samsara,
				'/fleet/trailers',
				{},
				({ id, name, licensePlate, trailerSerialNumber, externalIds }) =>
					entry(id, [name, licensePlate, trailerSerialNumber], externalIds),
				filter,
				token,
			),
	);
}

/** Equipment by name, with its serial number. */
export async function searchEquipment(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await inEditor(
		this,
		async (samsara) =>
			await searchPages<Equipment & { assetSerial?: string }>(
				samsara,
				'/fleet/equipment',
				{},
				({ id, name, assetSerial, externalIds }) => entry(id, [name, assetSerial], externalIds),
				filter,
				token,
			),
	);
}

function entry(id: unknown, words: Array<string | undefined>, externalIds: object = {}) {
	return {
		name: words.filter(Boolean).join(' · ') || String(id),
		value: String(id),
		keywords: Object.values(externalIds).map(String),
	};
}
