import type { INodePropertyOptions } from 'n8n-workflow';
import type { Attribute } from '../../api/types';

/** What a definition says of its type: all that is needed to tell the contracts apart. */
type AttributeTypeFields = Pick<Attribute, 'attributeType' | 'attributeValueQuantity'>;

/**
 * The attribute types that people choose from. `olderString` and `olderNumber` are `string` and `number` of the
 * older contract, which says in `attributeValueQuantity` whether an entity may hold several values.
 */
export const attributeTypes: INodePropertyOptions[] = [
	{ name: 'Date', value: 'date', description: 'One calendar date, e.g. when a card expires' },
	{
		name: 'Free-Form Multi Select',
		value: 'freeform-multi-select',
		description: 'Several values of any wording',
	},
	{
		name: 'Multi Select',
		value: 'multi-select',
		description: 'Several of the allowed values',
	},
	{ name: 'Number', value: 'number', description: 'One number, with a unit if you like' },
	{
		name: 'Number (Older Contract)',
		value: 'olderNumber',
		description: 'Numbers from a list, for accounts that still use the older attributes',
	},
	{ name: 'Single Select', value: 'single-select', description: 'One of the allowed values' },
	{
		name: 'String (Older Contract)',
		value: 'olderString',
		description: 'Texts from a list, for accounts that still use the older attributes',
	},
	{ name: 'Text', value: 'text', description: 'One text of any wording' },
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

/** A definition's type among `attributeTypes`; one that is unknown to us is given as the API has it. */
export function attributeTypeOption({
	attributeType,
	attributeValueQuantity,
}: AttributeTypeFields): string {
	if (attributeType === 'string') return 'olderString';
	if (attributeType === 'number' && attributeValueQuantity !== undefined) return 'olderNumber';
	return attributeType ?? '';
}

/** A chosen type as the wire has it, without the quantity that the older contract adds. */
export function toApiType(choice: string): Attribute['attributeType'] {
	if (choice === 'olderString') return 'string';
	if (choice === 'olderNumber') return 'number';
	return choice as Attribute['attributeType'];
}

/** `Single Select`, `Number`; of the older contract `String (Older Contract, Several Values)`. */
export function typeName(attribute: AttributeTypeFields): string {
	const choice = attributeTypeOption(attribute);
	const name = attributeTypes.find(({ value }) => value === choice)?.name ?? choice;
	return attribute.attributeValueQuantity === 'multi'
		? name.replace('Contract', 'Contract, Several Values')
		: name;
}

/** `Pounds`; nothing for an attribute without a unit. */
export function unitName(unit: string | undefined): string | undefined {
	if (!unit || unit === 'NO_UNIT') return undefined;
	return units.find(({ value }) => value === unit)?.name ?? unit;
}
