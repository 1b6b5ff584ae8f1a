import type { INodePropertyOptions } from 'n8n-workflow';
import type { Attribute } from '../../api/types';

/** The fields that determine an attribute's type. */
type AttributeTypeFields = Pick<Attribute, 'attributeType' | 'attributeValueQuantity'>;

/**
 * The attribute types to choose from. `olderString` and `olderNumber` stand for the legacy types `string` and `number`,
 * where `attributeValueQuantity` says whether an entity may have several values.
 */
export const attributeTypes: INodePropertyOptions[] = [
	{ name: 'Date', value: 'date', description: 'One date, e.g. when a card expires' },
	{
		name: 'Free-Form Multi Select',
		value: 'freeform-multi-select',
		description: 'Several values, any text',
	},
	{
		name: 'Multi Select',
		value: 'multi-select',
		description: 'Several of the allowed values',
	},
	{ name: 'Number', value: 'number', description: 'One number, with an optional unit' },
	{
		name: 'Number (Legacy)',
		value: 'olderNumber',
		description: 'Numbers from a list, for accounts that still use legacy attributes',
	},
	{ name: 'Single Select', value: 'single-select', description: 'One of the allowed values' },
	{
		name: 'String (Legacy)',
		value: 'olderString',
		description: 'Texts from a list, for accounts that still use legacy attributes',
	},
	{ name: 'Text', value: 'text', description: 'One value, any text' },
];

/** The units of number attributes. */
export const units: INodePropertyOptions[] = [
	{ name: 'Bar', value: 'BAR' },
	{ name: 'Barrels', value: 'BARREL' },
	{ name: 'British Pounds (GBP)', value: 'GBP' },
	{ name: 'BTU', value: 'BTU' },
	{ name: 'BTU per Hour', value: 'BTU_PER_HOUR' },
	{ name: 'Canadian Dollars (CAD)', value: 'CAD' },
	{ name: 'Days', value: 'DAY' },
	{ name: 'Decibels', value: 'DECIBEL' },
	{ name: 'Degrees Celsius', value: 'CELSIUS' },
	{ name: 'Degrees Fahrenheit', value: 'FAHRENHEIT' },
	{ name: 'Euros (EUR)', value: 'EUR' },
	{ name: 'Feet', value: 'FOOT' },
	{ name: 'Gallons', value: 'GALLON' },
	{ name: 'Hertz', value: 'HERTZ' },
	{ name: 'Horsepower', value: 'HORSEPOWER' },
	{ name: 'Hours', value: 'HOUR' },
	{ name: 'Inches', value: 'INCH' },
	{ name: 'Kilograms', value: 'KILOGRAM' },
	{ name: 'Kilometers per Hour', value: 'KILOMETER_PER_HOUR' },
	{ name: 'Kilopascals', value: 'KILOPASCAL' },
	{ name: 'Kilowatt Hours', value: 'KILOWATT_HOUR' },
	{ name: 'Kilowatts', value: 'KILOWATT' },
	{ name: 'Liters', value: 'LITER' },
	{ name: 'Meters', value: 'METER' },
	{ name: 'Mexican Pesos (MXN)', value: 'MXN' },
	{ name: 'Miles per Hour', value: 'MILE_PER_HOUR' },
	{ name: 'Minutes', value: 'MINUTE' },
	{ name: 'None', value: 'NO_UNIT' },
	{ name: 'Pounds', value: 'POUND' },
	{ name: 'Pounds per Square Inch', value: 'POUND_PER_SQUARE_INCH' },
	{ name: 'Revolutions per Minute', value: 'REVOLUTION_PER_MINUTE' },
	{ name: 'Tons', value: 'TON' },
	{ name: 'US Dollars (USD)', value: 'USD' },
];

/** The attribute's type as a value of `attributeTypes`. A type that is not among them is returned as it is. */
export function attributeTypeOption({
	attributeType,
	attributeValueQuantity,
}: AttributeTypeFields): string {
	if (attributeType === 'string') return 'olderString';
	if (attributeType === 'number' && attributeValueQuantity !== undefined) return 'olderNumber';
	return attributeType ?? '';
}

/** Converts a value of `attributeTypes` to the API's type. */
export function toApiType(choice: string): Attribute['attributeType'] {
	if (choice === 'olderString') return 'string';
	if (choice === 'olderNumber') return 'number';
	return choice as Attribute['attributeType'];
}

/** The type's label, e.g. `Single Select` or `String (Legacy, Several Values)`. */
export function typeName(attribute: AttributeTypeFields): string {
	const choice = attributeTypeOption(attribute);
	const name = attributeTypes.find(({ value }) => value === choice)?.name ?? choice;
	return attribute.attributeValueQuantity === 'multi'
		? name.replace('Legacy', 'Legacy, Several Values')
		: name;
}

/** The unit's label, e.g. `Pounds`; undefined without a unit. */
export function unitName(unit: string | undefined): string | undefined {
	if (!unit || unit === 'NO_UNIT') return undefined;
	return units.find(({ value }) => value === unit)?.name ?? unit;
}
