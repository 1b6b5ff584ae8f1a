import type { IDataObject } from 'n8n-workflow';
import type {
	Asset,
	Attribute,
	AttributeValues,
	Driver,
	Equipment,
	Trailer,
	Vehicle,
} from '../api/types';
import { formatExternalIds } from '../common/ids';
import { valueTypeOf } from './attribute/attributeValueType';
import { FlatRow, withNulls } from './flatRow';

interface Entity {
	name?: string;
	attributes?: AttributeValues[];
}

/**
 * Drivers or assets as flat rows: the name, one column per attribute of the account, in its order, and the other columns.
 * Without a value, a column is null, or undefined for an attribute of numbers (see alignColumns).
 *
 * @param columnsOf the other columns of an entity
 * @param definitions the attributes of the account; if they could not be read, a row has those of its entity
 */
export function entityRows<E extends Entity>(
	entities: E[],
	columnsOf: (entity: E) => Record<string, unknown>,
	definitions: Attribute[],
): IDataObject[] {
	let empty: IDataObject | undefined;
	return entities.map((entity) => {
		const { name = null, attributes = [] } = entity;
		const others = withNulls(columnsOf(entity));
		const reserved = new Set(['name', ...Object.keys(others)]);
		empty ??= emptyAttributes(definitions, reserved);
		const own = new FlatRow({}, reserved);
		for (const attribute of attributes) own.add(columnName(attribute), attributeText(attribute));
		return Object.assign({ name }, empty, own.row, others);
	});
}

function emptyAttributes(definitions: Attribute[], reserved: ReadonlySet<string>): IDataObject {
	const isNumber = new FlatRow({}, reserved);
	// By ID, because a list that changes while its pages are read can repeat entries.
	for (const attribute of new Map(definitions.map((one) => [one.id ?? one, one])).values())
		isNumber.add(columnName(attribute), valueTypeOf(attribute).list === 'numberValues');
	return Object.fromEntries(
		Object.entries(isNumber.row).map(([name, isOfNumbers]) => [
			name,
			isOfNumbers ? undefined : null,
		]),
	);
}

function columnName({ id, name }: AttributeValues): string {
	return name ?? id ?? '';
}

/** The columns of a driver beside the name and the attributes. */
export function driverColumns(driver: Driver): Record<string, unknown> {
	return {
		username: driver.username,
		status: driver.driverActivationStatus,
		phone: driver.phone,
		email: driver.email,
		licenseNumber: driver.licenseNumber,
		licenseState: driver.licenseState,
		dateOfBirth: driver.dateOfBirth,
		vehicle: driver.staticAssignedVehicle?.name,
		...sharedColumns(driver),
	};
}

/** The columns of a vehicle, likewise. */
export function vehicleColumns(vehicle: Vehicle): Record<string, unknown> {
	const { licensePlate, vin, make, model, year, staticAssignedDriver } = vehicle;
	return {
		licensePlate,
		vin,
		make,
		model,
		year,
		driver: staticAssignedDriver?.name,
		...sharedColumns(vehicle),
	};
}

/** The columns of a trailer, likewise. */
export function trailerColumns(trailer: Trailer): Record<string, unknown> {
	const { licensePlate, trailerSerialNumber } = trailer;
	return { licensePlate, serialNumber: trailerSerialNumber, ...sharedColumns(trailer) };
}

/** The columns of a piece of equipment, likewise. The API has two names for the serial number. */
export function equipmentColumns(
	equipment: Equipment & { assetSerial?: string },
): Record<string, unknown> {
	const serialNumber = equipment.equipmentSerialNumber ?? equipment.assetSerial;
	return { serialNumber, ...sharedColumns(equipment) };
}

/** The columns of an asset of any type, likewise. The year is a text, as in vehicles. */
export function assetColumns(asset: Asset): Record<string, unknown> {
	const { type, licensePlate, vin, serialNumber, make, model, year } = asset;
	const columns = { type, licensePlate, vin, serialNumber, make, model, year: year?.toString() };
	return { ...columns, ...sharedColumns(asset) };
}

/** The columns that all of them have. */
function sharedColumns({
	id,
	tags,
	notes,
	externalIds,
}: {
	id?: string;
	tags?: Array<{ name?: string }>;
	notes?: string;
	externalIds?: object;
}): Record<string, unknown> {
	const tagNames = (tags ?? []).map(({ name }) => name).join(', ');
	return { tags: tagNames, notes, externalIds: formatExternalIds(externalIds), id };
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
