import type { IDataObject } from 'n8n-workflow';
import type { AttributeValues, Driver, Equipment, Trailer, Vehicle } from '../api/types';
import { formatExternalIds } from '../common/ids';
import { compact, FlatRow } from './flatRow';

/** A driver as a flat row: identifying columns first, then one column per attribute. */
export function driverRow(driver: Driver): IDataObject {
	return withAttributes(
		{
			id: driver.id,
			name: driver.name,
			username: driver.username,
			status: driver.driverActivationStatus,
			phone: driver.phone,
			licenseNumber: driver.licenseNumber,
			licenseState: driver.licenseState,
			tags: tagNames(driver.tags),
			externalIds: formatExternalIds(driver.externalIds),
			email: driver.email,
			dateOfBirth: driver.dateOfBirth,
			vehicle: driver.staticAssignedVehicle?.name,
			notes: driver.notes,
		},
		driver.attributes,
	);
}

/** A vehicle as a flat row: identifying columns first, then one column per attribute. */
export function vehicleRow(vehicle: Vehicle): IDataObject {
	const { id, name, licensePlate, vin, make, model, year, staticAssignedDriver, tags } = vehicle;
	return withAttributes(
		{
			id,
			name,
			licensePlate,
			vin,
			make,
			model,
			year,
			driver: staticAssignedDriver?.name,
			tags: tagNames(tags),
			externalIds: formatExternalIds(vehicle.externalIds),
			notes: vehicle.notes,
		},
		vehicle.attributes,
	);
}

/** A trailer as a flat row, with one column per attribute. */
export function trailerRow(trailer: Trailer): IDataObject {
	return withAttributes(
		{
			id: trailer.id,
			name: trailer.name,
			licensePlate: trailer.licensePlate,
			serialNumber: trailer.trailerSerialNumber,
			notes: trailer.notes,
			tags: tagNames(trailer.tags),
			externalIds: formatExternalIds(trailer.externalIds),
		},
		trailer.attributes,
	);
}

/** A piece of equipment as a flat row, with one column per attribute. The API has two names for its serial number. */
export function equipmentRow(equipment: Equipment & { assetSerial?: string }): IDataObject {
	return withAttributes(
		{
			id: equipment.id,
			name: equipment.name,
			serialNumber: equipment.equipmentSerialNumber ?? equipment.assetSerial,
			notes: equipment.notes,
			tags: tagNames(equipment.tags),
			externalIds: formatExternalIds(equipment.externalIds),
		},
		equipment.attributes,
	);
}

/** Adds a column for each attribute, under the attribute's name. */
function withAttributes(
	row: Record<string, unknown>,
	attributes: AttributeValues[] = [],
): IDataObject {
	const flat = new FlatRow(compact(row), Object.keys(row));
	for (const attribute of attributes)
		flat.add(attribute.name ?? attribute.id ?? '', attributeText(attribute));
	return flat.row;
}

/** An attribute's value on an entity: a single number stays a number, several values are joined by commas. */
export function attributeText({
	stringValues,
	numberValues,
	dateValues,
}: AttributeValues): string | number | undefined {
	if (numberValues?.length === 1) return numberValues[0];
	const values = [...(stringValues ?? []), ...(numberValues ?? []), ...(dateValues ?? [])];
	return values.length === 0 ? undefined : values.join(', ');
}

/** `North Depot, Night Shift` */
function tagNames(tags: Array<{ name?: string }> = []): string {
	return tags.map(({ name }) => name).join(', ');
}
