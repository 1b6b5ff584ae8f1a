import {
	arrayOf,
	date,
	externalIds,
	numbers,
	object,
	oneOf,
	string,
	strings,
	upTo,
} from './common.mts';
import type { Schema } from './common.mts';

const UNITS = (
	'NO_UNIT METER POUND TON KILOGRAM INCH FOOT GALLON LITER BARREL POUND_PER_SQUARE_INCH BAR ' +
	'KILOPASCAL FAHRENHEIT CELSIUS USD CAD EUR GBP MXN HOUR MINUTE DAY MILE_PER_HOUR ' +
	'KILOMETER_PER_HOUR HORSEPOWER KILOWATT BTU_PER_HOUR KILOWATT_HOUR BTU HERTZ ' +
	'REVOLUTION_PER_MINUTE DECIBEL'
).split(' ');

export const entityType = oneOf('driver', 'asset');

const entity = object({
	entityId: string,
	externalIds,
	stringValues: strings,
	numberValues: numbers,
	dateValues: arrayOf(date),
});

const members: Record<string, Schema> = {
	entityType,
	name: upTo(190, 1),
	attributeType: oneOf(
		'single-select',
		'multi-select',
		'text',
		'freeform-multi-select',
		'number',
		'date',
		'string',
	),
	attributeValueQuantity: oneOf('single', 'multi'),
	stringValues: strings,
	numberValues: numbers,
	entities: arrayOf(entity),
};

/** POST /attributes, in the current contract and the legacy contract of the vendor's guide. */
export const attributeCreation = object({ ...members, unit: oneOf(...UNITS) }, [
	'name',
	'entityType',
	'attributeType',
]);

/** PATCH /attributes/{id}: without `unit`. */
export const attributeChange = object(members, ['entityType']);

const item: Record<string, Schema> = {
	id: string,
	name: string,
	stringValues: strings,
	numberValues: numbers,
};

/** `attributes` of an entity in requests. */
export const attributeItems = arrayOf(object({ ...item, dateValues: strings }));

/** `attributes` in POST /fleet/drivers, the only request that does not accept `dateValues`. */
export const attributeItemsOfNewDriver = arrayOf(object(item));
