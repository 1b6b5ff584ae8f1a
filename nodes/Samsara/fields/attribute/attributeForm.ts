import type { IDataObject } from 'n8n-workflow';
import type { Attribute } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { attributeLabel } from './attributeValueType';
import { readAttribute, type AttributeInput } from './attributeValues';

/**
 * Reads the form of attribute values, read as a whole so that n8n does not check it: people give labels in any case.
 *
 * @param form what n8n stores: `{mappingMode, value: {attribute id: value}}`
 * @param json the item's JSON, whose columns automatic mapping matches to attribute names; others are ignored
 * @throws InvalidInputError for values that an attribute cannot take, and attributes that are no longer there
 */
export function readAttributeForm(
	form: unknown,
	json: IDataObject,
	attributes: Attribute[],
	addMissing: boolean,
	zone?: string,
): AttributeInput[] {
	const { mappingMode, value } = (form ?? {}) as { mappingMode?: string; value?: unknown };
	const valuesByAttribute =
		mappingMode === 'autoMapInputData'
			? matchColumns(json, attributes)
			: readMapping((value ?? {}) as IDataObject, attributes);
	return [...valuesByAttribute].flatMap(
		([attribute, values]) => readAttribute(attribute, values, addMissing, zone) ?? [],
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
 * Columns by the attributes that they stand for. Rows have columns of the node's own besides, such as `notes`: the one
 * that is the attribute's bears its very name or, where that was taken, its name and a number (FlatRow).
 *
 * @throws InvalidInputError when two columns stand for one attribute
 */
function matchColumns(json: IDataObject, attributes: Attribute[]): Map<Attribute, unknown> {
	const valuesByAttribute = new Map<Attribute, unknown>();
	const columns = new Map<Attribute, string>();
	const numbered = new Map<string, Attribute>();
	for (const attribute of attributes) {
		const { name = '' } = attribute;
		const column = `${name} (2)`;
		if (
			name in json &&
			column in json &&
			!attributes.some((otherColumn) => otherColumn.name === column)
		) {
			numbered.set(column, attribute);
		}
	}
	const byNumber = new Set(numbered.values());
	for (const [column, value] of Object.entries(json)) {
		const readMapping = findByName(column, attributes);
		const attribute =
			numbered.get(column) ?? (readMapping && byNumber.has(readMapping) ? undefined : readMapping);
		if (!attribute) continue;
		const isExact = column === attribute.name;
		const otherColumn = columns.get(attribute);
		if (otherColumn === attribute.name) continue;
		if (otherColumn !== undefined && !isExact) {
			throw new InvalidInputError(
				`The columns '${otherColumn}' and '${column}' are both the attribute '${attribute.name}'`,
				'Keep one of the columns, or map each attribute manually.',
			);
		}
		columns.set(attribute, column);
		valuesByAttribute.set(attribute, value);
	}
	return valuesByAttribute;
}

/**
 * The attribute with this ID or name.
 *
 * @throws InvalidInputError when there is none
 */
export function attributeOf(key: string, attributes: Attribute[], label: string): Attribute {
	const found = attributes.find(({ id }) => id === key) ?? findByName(key, attributes);
	if (found) return found;
	throw new InvalidInputError(
		`'${label}' names the attribute '${key}', which does not exist`,
		`Choose the attributes again from the list: the attribute may have been deleted.`,
	);
}

/** By name, with or without the unit; the exact name wins over one that differs in case. */
function findByName(column: string, attributes: Attribute[]): Attribute | undefined {
	const normalizedName = normalize(column);
	return (
		attributes.find(({ name }) => name === column) ??
		attributes.find(
			(attribute) =>
				normalize(attribute.name ?? '') === normalizedName ||
				normalize(attributeLabel(attribute)) === normalizedName,
		)
	);
}

function normalize(text: string): string {
	return text.trim().toLowerCase();
}
