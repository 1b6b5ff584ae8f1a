import type { IDataObject } from 'n8n-workflow';
import type { Attribute } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { normalize } from '../../common/coercion';
import type { DateSettings } from '../dateFormat';
import { attributeLabel } from './attributeValueType';
import { readAttributeValues, type AttributeInput } from './attributeValues';

/**
 * Reads the form of attribute values. It is read as a whole, because n8n would check each value against the allowed ones in
 * their exact case.
 *
 * @param form what n8n stores: `{mappingMode, value: {attribute ID: value}}`
 * @param json the item's JSON: automatic mapping matches its columns to attribute names and ignores the others
 * @throws InvalidInputError for values that an attribute does not accept, and for attributes that no longer exist
 */
export function readAttributeForm(
	form: unknown,
	json: IDataObject,
	attributes: Attribute[],
	addMissing: boolean,
	dates?: DateSettings,
): AttributeInput[] {
	const { mappingMode, value } = (form ?? {}) as { mappingMode?: string; value?: unknown };
	const valuesByAttribute =
		mappingMode === 'autoMapInputData'
			? matchColumns(json, attributes)
			: readMapping((value ?? {}) as IDataObject, attributes);
	return [...valuesByAttribute].flatMap(
		([attribute, values]) => readAttributeValues(attribute, values, addMissing, dates) ?? [],
	);
}

function readMapping(values: IDataObject, attributes: Attribute[]): Map<Attribute, unknown> {
	const valuesByAttribute = new Map<Attribute, unknown>();
	for (const [key, value] of Object.entries(values)) {
		if (value === undefined || value === null || value === '') continue;
		valuesByAttribute.set(attributeOf(key, attributes, 'Attributes'), value);
	}
	return valuesByAttribute;
}

/**
 * Matches columns to attributes. Rows also have the node's own columns, such as `notes`: the attribute's column has exactly
 * its name or, if that was taken, its name and a number (see FlatRow).
 *
 * @throws InvalidInputError if two columns match one attribute
 */
function matchColumns(json: IDataObject, attributes: Attribute[]): Map<Attribute, unknown> {
	const numberedName = ({ name = '' }: Attribute) => `${name} (2)`;
	const isNumbered = (attribute: Attribute) =>
		(attribute.name ?? '') in json &&
		numberedName(attribute) in json &&
		!attributes.some(({ name }) => name === numberedName(attribute));
	const numbered = attributes.filter(isNumbered);
	const columns = new Map<Attribute, string>();
	for (const column of Object.keys(json)) {
		const named = findByName(column, attributes);
		const attribute =
			numbered.find((candidate) => numberedName(candidate) === column) ??
			(named && numbered.includes(named) ? undefined : named);
		const otherColumn = attribute && columns.get(attribute);
		if (!attribute || otherColumn === attribute.name) continue;
		if (otherColumn !== undefined && column !== attribute.name) {
			throw new InvalidInputError(
				`The columns '${otherColumn}' and '${column}' both match the attribute '${attribute.name}'`,
				'Remove one of the columns, or map each attribute manually.',
			);
		}
		columns.set(attribute, column);
	}
	return new Map([...columns].map(([attribute, column]) => [attribute, json[column]]));
}

/**
 * The attribute with this ID or name.
 *
 * @throws InvalidInputError if there is none
 */
export function attributeOf(key: string, attributes: Attribute[], label: string): Attribute {
	const found = attributes.find(({ id }) => id === key) ?? findByName(key, attributes);
	if (found) return found;
	throw new InvalidInputError(
		`'${label}' has the attribute '${key}', which does not exist`,
		'It may have been deleted. Choose the attributes from the list again.',
	);
}

/** Finds an attribute by name, with or without the unit. An exact match takes precedence over one in another case. */
function findByName(column: string, attributes: Attribute[]): Attribute | undefined {
	const normalizedName = normalize(column);
	return (
		attributes.find(({ name }) => name === column) ??
		attributes.find(
			(attribute) =>
				normalize(attribute.name) === normalizedName ||
				normalize(attributeLabel(attribute)) === normalizedName,
		)
	);
}
