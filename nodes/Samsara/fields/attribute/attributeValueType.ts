import type { Attribute, AttributeValues } from '../../api/types';
import { unitName } from './attributeTypes';

/** The list that holds an attribute's values. */
export type ValueList = 'stringValues' | 'numberValues' | 'dateValues';

export interface AttributeValueType {
	list: ValueList;
	/** An entity may have several values. */
	multiple: boolean;
	/** Only the attribute's allowed values are accepted. */
	restricted: boolean;
}

/**
 * What values an attribute accepts. Besides the six current types there are the legacy types `string` and `number`, which
 * have `attributeValueQuantity` and a list of allowed values.
 */
export function valueTypeOf({
	attributeType,
	attributeValueQuantity,
}: Attribute): AttributeValueType {
	const list: ValueList =
		attributeType === 'number'
			? 'numberValues'
			: attributeType === 'date'
				? 'dateValues'
				: 'stringValues';
	if (attributeValueQuantity !== undefined) {
		return { list, multiple: attributeValueQuantity === 'multi', restricted: true };
	}
	return {
		list,
		multiple: attributeType === 'multi-select' || attributeType === 'freeform-multi-select',
		restricted: attributeType === 'single-select' || attributeType === 'multi-select',
	};
}

/** The attribute's allowed values, in its order; empty if it accepts any value. */
export function allowedValues(attribute: Attribute): Array<string | number> {
	const { list, restricted } = valueTypeOf(attribute);
	if (!restricted) return [];
	if (list === 'numberValues') return attribute.numberValues ?? [];
	return (
		attribute.stringValues ?? (attribute.values ?? []).map(({ stringValue = '' }) => stringValue)
	);
}

/** The values that an attribute lists, also those of a number attribute that accepts any number. */
export function listedValues(attribute: Attribute): Array<string | number> {
	return valueTypeOf(attribute).list === 'numberValues'
		? (attribute.numberValues ?? [])
		: allowedValues(attribute);
}

/** Whether a response shows the attribute's allowed values: a list that is null or missing is not an empty list. */
export function showsAllowedValues(attribute: Attribute): boolean {
	const { list, restricted } = valueTypeOf(attribute);
	if (!restricted) return true;
	return list === 'numberValues'
		? Array.isArray(attribute.numberValues)
		: Array.isArray(attribute.stringValues) || Array.isArray(attribute.values);
}

/**
 * The values of an attribute on an entity, as a response shows them. A missing list is not an empty list: the API documents
 * null for the text values of an attribute's entities.
 *
 * @returns undefined if the response does not show them
 */
export function readableValues(
	attribute: Attribute,
	item: AttributeValues & { values?: Array<{ stringValue?: string }> },
): Array<string | number> | undefined {
	const { list } = valueTypeOf(attribute);
	const values: Array<string | number> | undefined = item[list];
	if (Array.isArray(values)) return values;
	if (list !== 'stringValues' || !Array.isArray(item.values)) return undefined;
	return item.values.map(({ stringValue = '' }) => stringValue);
}

/** The values of the first item that shows any; undefined if none does. */
export function firstValues(
	attribute: Attribute,
	items: AttributeValues[],
): Array<string | number> | undefined {
	return items
		.map((item) => readableValues(attribute, item) ?? [])
		.find(({ length }) => length > 0);
}

/** Whether an attribute on an entity is this one. Some responses have only the name. */
export function isValueOf({ id, name }: AttributeValues, attribute: Attribute): boolean {
	return id === undefined ? name === attribute.name : id === attribute.id;
}

/** The attribute's label in forms, e.g. `Vehicle Length (Feet)`. */
export function attributeLabel({ name = '', unit }: Attribute): string {
	const unitLabel = unitName(unit);
	return unitLabel === undefined ? name : `${name} (${unitLabel})`;
}
