import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import type { Attribute } from '../../api/types';
import { allowedValues, attributeLabel, valueTypeOf } from './attributeValueType';
import { combinations } from '../combinations';

/** Further inputs are only available under 'Add attribute'. */
const MAX_INITIALLY_SHOWN = 20;

/** How many allowed values the label of an input for several values lists. */
const MAX_LISTED_VALUES = 6;

/**
 * One input per attribute. Several of many values are typed as text: n8n's resource mapper has no multi-select, and its
 * array input requires JSON.
 */
export function attributeMapperFields(attributes: Attribute[]): ResourceMapperField[] {
	return attributes.map((attribute, index) => {
		const { multiple, restricted } = valueTypeOf(attribute);
		const allowed = allowedValues(attribute).map(String);
		const options = restricted ? optionsFor(allowed, multiple) : undefined;
		return {
			id: attribute.id ?? '',
			displayName: `${attributeLabel(attribute)}${multiple && !options ? multipleValuesHint(allowed) : ''}`,
			type: options ? 'options' : inputType(attribute),
			required: false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			removed: index >= MAX_INITIALLY_SHOWN,
			...(options && { options }),
		};
	});
}

function optionsFor(allowed: string[], multiple: boolean): INodePropertyOptions[] | undefined {
	return multiple ? combinations(allowed) : allowed.map((value) => ({ name: value, value }));
}

function inputType(attribute: Attribute): FieldType {
	const { list, multiple } = valueTypeOf(attribute);
	if (multiple) return 'string';
	if (list === 'numberValues') return 'number';
	return list === 'dateValues' ? 'dateTime' : 'string';
}

function multipleValuesHint(allowed: string[]): string {
	const listed = allowed.slice(0, MAX_LISTED_VALUES).join(', ');
	if (listed === '') return ' (several)';
	return ` (${listed}${allowed.length > MAX_LISTED_VALUES ? ', …' : ''})`;
}
