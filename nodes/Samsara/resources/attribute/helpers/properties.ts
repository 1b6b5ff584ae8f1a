import type { INodeProperties } from 'n8n-workflow';
import { attributeTypes, units } from '../../../fields/attribute/attributeTypes';
import { entityType } from './entityType';

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. License Certifications',
	description:
		'The name of the attribute in Samsara. At most 190 characters, and different from all other attributes.',
};

export const attributeType: INodeProperties = {
	displayName: 'Type',
	name: 'attributeType',
	type: 'options',
	options: attributeTypes,
	default: 'single-select',
	description: 'What values the attribute accepts. The type cannot be changed later.',
};

/** As a field of an update. */
export const changedQuantity: INodeProperties = {
	displayName: 'Values per Driver or Asset',
	name: 'attributeValueQuantity',
	type: 'options',
	options: [
		{ name: 'One', value: 'single' },
		{ name: 'Several', value: 'multi' },
	],
	default: 'multi',
	description:
		'Whether a driver or asset may have more than one value. You cannot change Several back to One.',
};

export const quantity: INodeProperties = {
	...changedQuantity,
	default: 'single',
	displayOptions: { show: { attributeType: ['olderNumber', 'olderString'] } },
	description: 'How many values a driver or asset may have. You cannot change Several back to One.',
};

const values: INodeProperties = {
	displayName: 'Allowed Values',
	name: 'values',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Class A, Class B, Class C',
	displayOptions: {
		show: { attributeType: ['multi-select', 'olderString', 'single-select'] },
	},
	description:
		'One per line, separated by commas on one line, or a list from an expression. At most 1,000.',
};

/** The allowed values of number attributes. */
const numbers: INodeProperties = {
	...values,
	placeholder: 'e.g. 22, 26.5, 48',
	displayOptions: { show: { attributeType: ['number', 'olderNumber'] } },
};

export const unit: INodeProperties = {
	displayName: 'Unit',
	name: 'unit',
	type: 'options',
	options: units,
	default: 'NO_UNIT',
	displayOptions: { show: { attributeType: ['number'] } },
	description: 'The unit of the number. It cannot be changed later.',
};

/** What an attribute is: the body of the request that creates it. */
export const definition = [entityType, name, attributeType, quantity, values, numbers, unit];
