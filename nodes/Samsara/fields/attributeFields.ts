import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import type { Attribute } from '../api/types';
import { allowedValues, attributeLabel, kindOf } from './attributeKind';
import { combinations } from './combinations';

/** More inputs than these are offered under 'Add attribute' only. */
const SHOWN_AT_FIRST = 20;

/** Allowed values named in the label of an input that takes several. */
const NAMED = 6;

/** One input an attribute. Several of many values are text: n8n's forms have no multi-select, and its list input wants JSON. */
export function attributeFields(attributes: Attribute[]): ResourceMapperField[] {
	return attributes.map((attribute, index) => {
		const { many, fixed } = kindOf(attribute);
		const allowed = allowedValues(attribute).map(String);
		const options = fixed ? choices(allowed, many) : undefined;
		return {
			id: attribute.id ?? '',
			displayName: `${attributeLabel(attribute)}${many && !options ? several(allowed) : ''}`,
			type: options ? 'options' : inputType(attribute),
			required: false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			removed: index >= SHOWN_AT_FIRST,
			...(options && { options }),
		};
	});
}

function choices(allowed: string[], many: boolean): INodePropertyOptions[] | undefined {
	return many ? combinations(allowed) : allowed.map((value) => ({ name: value, value }));
}

function inputType(attribute: Attribute): FieldType {
	const { list, many } = kindOf(attribute);
	if (many) return 'string';
	if (list === 'numberValues') return 'number';
	return list === 'dateValues' ? 'dateTime' : 'string';
}

function several(allowed: string[]): string {
	const named = allowed.slice(0, NAMED).join(', ');
	if (named === '') return ' (with commas)';
	return ` (${named}${allowed.length > NAMED ? ', …' : ''})`;
}
