import type { Attribute, AttributeValues } from '../../api/types';
import { unitName } from './attributeTypes';

/** The list that an attribute's values travel in. */
export type ValueList = 'stringValues' | 'numberValues' | 'dateValues';

export interface AttributeValueType {
	list: ValueList;
	/** An entity may have several values. */
	multiple: boolean;
	/** Only the definition's own values are taken. */
	restricted: boolean;
}

/**
 * What an attribute takes: the six types of today, and the older contract's `string` and `number`, which carry
 * `attributeValueQuantity` and prescribe their values.
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

/** The values that an attribute prescribes, in its order; empty where any value is taken. */
export function allowedValues(attribute: Attribute): Array<string | number> {
	const { list, restricted } = valueTypeOf(attribute);
	if (!restricted) return [];
	if (list === 'numberValues') return attribute.numberValues ?? [];
	return (
		attribute.stringValues ?? (attribute.values ?? []).map(({ stringValue = '' }) => stringValue)
	);
}

/** Whether an answer tells the values that the attribute prescribes: a list that is null or missing is not an empty one. */
export function tellsAllowed(attribute: Attribute): boolean {
	const { list, restricted } = valueTypeOf(attribute);
	if (!restricted) return true;
	return list === 'numberValues'
		? Array.isArray(attribute.numberValues)
		: Array.isArray(attribute.stringValues) || Array.isArray(attribute.values);
}

/**
 * The values that an answer tells of an attribute on an entity. A missing list is not an empty list: the
 * API documents null for the text values of an attribute's entities.
 *
 * @returns undefined where the answer does not tell them
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

/** The attribute as forms call it: `Vehicle Length (Feet)`. */
export function attributeLabel({ name = '', unit }: Attribute): string {
	const unitLabel = unitName(unit);
	return unitLabel === undefined ? name : `${name} (${unitLabel})`;
}
