import type { IDataObject } from 'n8n-workflow';
import type { Attribute } from '../api/types';
import { Refusal } from '../refusal';
import { attributeLabel } from './attributeKind';
import { readAttribute, type GivenAttribute } from './attributeValues';

/**
 * Reads the form of attribute values, read as a whole so that n8n does not check it: people give labels in any case.
 *
 * @param form what n8n stores: `{mappingMode, value: {attribute id: value}}`
 * @param json the item's JSON, whose columns automatic mapping matches to attribute names; others are ignored
 * @throws Refusal for values that an attribute cannot take, and attributes that are no longer there
 */
export function readAttributeForm(
	form: unknown,
	json: IDataObject,
	attributes: Attribute[],
	addMissing: boolean,
	zone?: string,
): GivenAttribute[] {
	const { mappingMode, value } = (form ?? {}) as { mappingMode?: string; value?: unknown };
	const given =
		mappingMode === 'autoMapInputData'
			? matched(json, attributes)
			: named((value ?? {}) as IDataObject, attributes);
	return [...given].flatMap(
		([attribute, values]) => readAttribute(attribute, values, addMissing, zone) ?? [],
	);
}

function named(values: IDataObject, attributes: Attribute[]): Map<Attribute, unknown> {
	const given = new Map<Attribute, unknown>();
	for (const [key, value] of Object.entries(values)) {
		if (value === undefined || value === null || value === '') continue;
		given.set(attributeOf(key, attributes, 'Attributes'), value);
	}
	return given;
}

/**
 * Columns by the attributes that they stand for. Rows have columns of the node's own besides, such as `notes`: the one
 * that is the attribute's bears its very name or, where that was taken, its name and a number (FlatRow).
 *
 * @throws Refusal when two columns stand for one attribute
 */
function matched(json: IDataObject, attributes: Attribute[]): Map<Attribute, unknown> {
	const given = new Map<Attribute, unknown>();
	const columns = new Map<Attribute, string>();
	const numbered = new Map<string, Attribute>();
	for (const attribute of attributes) {
		const { name = '' } = attribute;
		const column = `${name} (2)`;
		if (name in json && column in json && !attributes.some((other) => other.name === column)) {
			numbered.set(column, attribute);
		}
	}
	const byNumber = new Set(numbered.values());
	for (const [column, value] of Object.entries(json)) {
		const named = find(column, attributes);
		const attribute = numbered.get(column) ?? (named && byNumber.has(named) ? undefined : named);
		if (!attribute) continue;
		const isExact = column === attribute.name;
		const other = columns.get(attribute);
		if (other === attribute.name) continue;
		if (other !== undefined && !isExact) {
			throw new Refusal(
				`The columns '${other}' and '${column}' are both the attribute '${attribute.name}'`,
				'Keep one of the columns, or map each attribute manually.',
			);
		}
		columns.set(attribute, column);
		given.set(attribute, value);
	}
	return given;
}

/**
 * The attribute with this ID or name.
 *
 * @throws Refusal when there is none
 */
export function attributeOf(key: string, attributes: Attribute[], label: string): Attribute {
	const found = attributes.find(({ id }) => id === key) ?? find(key, attributes);
	if (found) return found;
	throw new Refusal(
		`'${label}' names the attribute '${key}', which does not exist`,
		`Choose the attributes again from the list: the attribute may have been deleted.`,
	);
}

/** By name, with or without the unit; the exact name wins over one that differs in case. */
function find(column: string, attributes: Attribute[]): Attribute | undefined {
	const wanted = fold(column);
	return (
		attributes.find(({ name }) => name === column) ??
		attributes.find(
			(attribute) =>
				fold(attribute.name ?? '') === wanted || fold(attributeLabel(attribute)) === wanted,
		)
	);
}

function fold(text: string): string {
	return text.trim().toLowerCase();
}
