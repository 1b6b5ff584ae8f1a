import type { INodeProperties } from 'n8n-workflow';
import { readDefinitions } from '../../api/attributes';
import type { Attribute, AttributeEntityType } from '../../api/types';
import { dateSettings } from './dateFormat';
import type { Item } from '../../execution/item';
import { attributeOf, readAttributeForm } from '../../fields/attribute/attributeForm';
import type { AttributeChange } from '../../fields/attribute/attributeMerge';
import type { AttributeInput } from '../../fields/attribute/attributeValues';
import { InvalidInputError } from '../../common/errors';
import { toList } from '../../common/coercion';

/** One input per attribute. Vehicles, trailers, and equipment share their attributes. */
export function attributesMapper(entityType: AttributeEntityType): INodeProperties {
	return {
		displayName: 'Attributes',
		name: 'attributes',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description:
			'The values to set. An empty input leaves its attribute as it is. Separate several values by commas, or choose a combination from the list. Automatic mapping uses the input columns that are named like an attribute, in any case, and ignores the others.',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod:
					entityType === 'driver' ? 'getDriverAttributeFields' : 'getAssetAttributeFields',
				mode: 'add',
				fieldWords: { singular: 'attribute', plural: 'attributes' },
				valuesLabel: 'Attributes',
				noFieldsError: 'There are no attributes to show.',
				addAllFields: true,
				supportAutoMap: true,
				multiKeyMatch: false,
			},
		},
	};
}

export const addMissingOption: INodeProperties = {
	displayName: 'Add Missing Values',
	name: 'addMissingValues',
	type: 'boolean',
	default: false,
	description:
		'Whether to add a value to the allowed values of its attribute if it is not among them, instead of failing',
};

const otherAttributes: INodeProperties = {
	displayName: 'Other Attributes',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: 'Keep',
			value: 'merge',
			description: 'Set the values entered here and leave the other attributes as they are',
		},
		{
			name: 'Remove',
			value: 'replace',
			description: 'Set the values entered here and remove all other attributes',
		},
	],
	default: 'merge',
	description: 'What to do with attributes that have no value here',
};

function attributesToClear(entityType: AttributeEntityType): INodeProperties {
	return {
		displayName: 'Attributes to Clear',
		name: 'clear',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: entityType === 'driver' ? 'getDriverAttributes' : 'getAssetAttributes',
		},
		default: [],
		description:
			'The attributes to remove. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	};
}

/** The values to set and to clear. */
export function attributeChangeProperties(entityType: AttributeEntityType): INodeProperties[] {
	return [attributesMapper(entityType), otherAttributes, attributesToClear(entityType)];
}

/** Reads the attributes of a new driver or trailer. An empty form needs no request. @throws InvalidInputError */
export async function readAttributes(
	item: Item,
	entityType: AttributeEntityType,
): Promise<AttributeInput[]> {
	const form = item.value<unknown>('attributes', {});
	return isBlank(form) ? [] : readForm(item, form, await readDefinitions(item.run, entityType));
}

/**
 * Reads the form of Set Attributes.
 *
 * @throws InvalidInputError for values that an attribute does not accept, an attribute both set and cleared, or no change
 */
export function readAttributeChange(item: Item, definitions: Attribute[]): AttributeChange {
	const inputs = readForm(item, item.value<unknown>('attributes', {}), definitions);
	const cleared = toList(item.value<unknown>('clear', [])).map((key) =>
		attributeOf(key, definitions, 'Attributes to Clear'),
	);
	const conflicting = inputs.find(({ attribute }) => cleared.includes(attribute));
	if (conflicting) {
		throw new InvalidInputError(
			`'Attributes to Clear' has '${conflicting.attribute.name}', which also has a new value`,
			"Remove it from 'Attributes to Clear', or leave its input empty.",
		);
	}
	const chosen = item.choice<AttributeChange['mode']>(otherAttributes);
	if (inputs.length + cleared.length === 0) {
		throw new InvalidInputError(
			"'Attributes' has no value to set",
			"Fill in an attribute, add an input column with an attribute's name, or choose 'Attributes to Clear'.",
		);
	}
	return { inputs, cleared, mode: chosen };
}

function readForm(item: Item, form: unknown, definitions: Attribute[]): AttributeInput[] {
	const addValues = item.collection('options').addMissingValues === true;
	return readAttributeForm(form, item.json, definitions, addValues, dateSettings(item));
}

function isBlank(form: unknown): boolean {
	const { mappingMode, value } = (form ?? {}) as { mappingMode?: string; value?: object | null };
	const inputs: unknown[] = Object.values(value ?? {});
	return mappingMode !== 'autoMapInputData' && inputs.every((input) => (input ?? '') === '');
}
