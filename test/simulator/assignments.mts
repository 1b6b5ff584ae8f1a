import { invalid } from './errors.mts';
import { withoutUndefined } from './json.mts';
import type { State } from './state.mts';
import { isDate } from './times.mts';
import type {
	Assignment,
	Attribute,
	AttributeEntityType,
	AttributeType,
	Entity,
	JsonObject,
} from './types.mts';

const MAX_ATTRIBUTES_PER_ENTITY = 20;

/** The value lists of an attribute item. */
export interface ValueLists {
	stringValues?: string[];
	numberValues?: number[];
	dateValues?: string[];
}

/** An attribute of an entity in a request. */
export interface AttributeItem extends ValueLists {
	id?: string;
	name?: string;
}

export type ListName = keyof ValueLists;

const LISTS: ListName[] = ['stringValues', 'numberValues', 'dateValues'];

interface ValueType {
	list: ListName;
	/** Whether an entity can have several values. */
	multiple: boolean;
	/** Whether only the allowed values of the definition are accepted. */
	restricted: boolean;
}

/** The documented types. `string` exists only in the legacy contract of the vendor's guide. */
const VALUE_TYPES: Record<AttributeType, ValueType> = {
	'single-select': { list: 'stringValues', multiple: false, restricted: true },
	'multi-select': { list: 'stringValues', multiple: true, restricted: true },
	text: { list: 'stringValues', multiple: false, restricted: false },
	'freeform-multi-select': { list: 'stringValues', multiple: true, restricted: false },
	number: { list: 'numberValues', multiple: false, restricted: false },
	date: { list: 'dateValues', multiple: false, restricted: false },
	string: { list: 'stringValues', multiple: false, restricted: true },
};

/** The value type of an attribute. By the vendor's guide, legacy attributes take only allowed values, one or several. */
export function valueTypeOf({ attributeType, attributeValueQuantity }: Attribute): ValueType {
	const valueType = VALUE_TYPES[attributeType];
	if (attributeValueQuantity === undefined) return valueType;
	return { list: valueType.list, multiple: attributeValueQuantity === 'multi', restricted: true };
}

/**
 * Reads the values of an attribute item. Returns undefined if all its lists are empty, which clears the attribute.
 * `location` identifies the item in messages.
 * @throws ApiError 400 for a list that the attribute's type does not use, several values where only one is allowed, a value
 *   that is not allowed, or an invalid date
 */
export function readValues(
	attribute: Attribute,
	item: ValueLists,
	location: string,
): Assignment | undefined {
	const { list, multiple, restricted } = valueTypeOf(attribute);
	for (const other of LISTS) {
		if (other !== list && (item[other]?.length ?? 0) > 0) {
			throw invalid(
				`${location}.${other}: attribute "${attribute.name}" of type ${attribute.attributeType} takes ${list}`,
			);
		}
	}
	const values: Array<string | number> = [...new Set<string | number>(item[list] ?? [])];
	if (values.length === 0) return undefined;
	if (values.length > 1 && !multiple) {
		throw invalid(`${location}.${list}: attribute "${attribute.name}" takes a single value`);
	}
	for (const value of values) {
		if (restricted && !isAllowed(attribute, value)) {
			throw invalid(
				`${location}.${list}: "${value}" is not a value of attribute "${attribute.name}"`,
			);
		}
		if (list === 'dateValues' && !isDate(String(value))) {
			throw invalid(`${location}.dateValues: "${value}" is not a date YYYY-MM-DD`);
		}
		if (value === '') throw invalid(`${location}.${list}: values cannot be empty`);
	}
	return { attributeId: attribute.id, [list]: values };
}

/**
 * The assignments of an entity after a write of `items`, without changing the entity. `replace`: exactly these items;
 * `merge`: attributes that are not listed stay, and an item with empty lists clears its attribute.
 * @throws ApiError 400 for an unknown attribute, invalid values, a repeated attribute, or more than 20 attributes on the
 *   entity
 */
export function assignmentsAfter(
	state: State,
	entityType: AttributeEntityType,
	current: Assignment[],
	items: AttributeItem[],
	mode: 'merge' | 'replace',
): Assignment[] {
	const written = new Map<string, Assignment | undefined>();
	items.forEach((item, number) => {
		const location = `attributes[${number}]`;
		const attribute = findAttribute(state, entityType, item, location);
		if (written.has(attribute.id)) {
			throw invalid(`${location}: attribute "${attribute.name}" is repeated`);
		}
		written.set(attribute.id, readValues(attribute, item, location));
	});
	const kept =
		mode === 'replace' ? [] : current.filter(({ attributeId }) => !written.has(attributeId));
	const result = [...kept, ...[...written.values()].filter((values) => values !== undefined)];
	requireCapacity(current, result);
	return result;
}

/**
 * An entity that already exceeds the limit can lose attributes, but cannot get more.
 * @throws ApiError 400 for more than 20 attributes on one entity (the limit in the vendor's guide)
 */
export function requireCapacity(current: Assignment[], changed: Assignment[]): void {
	if (changed.length > Math.max(MAX_ATTRIBUTES_PER_ENTITY, current.length)) {
		throw invalid(`attributes: an entity can have at most ${MAX_ATTRIBUTES_PER_ENTITY} attributes`);
	}
}

/** The attributes of an entity in responses: `{id, name, <one list>}`. */
export function describeAssignments(state: State, entity: Entity): JsonObject[] {
	return entity.attributes.flatMap(({ attributeId, stringValues, numberValues, dateValues }) => {
		const attribute = state.attributes.get(attributeId);
		if (attribute === undefined) return [];
		const { name } = attribute;
		return [withoutUndefined({ id: attributeId, name, stringValues, numberValues, dateValues })];
	});
}

/** The IDs of the allowed values in an assignment. */
export function valueIds(attribute: Attribute, assignment: Assignment): string[] {
	return attribute.values
		.filter(({ stringValue }) => assignment.stringValues?.includes(stringValue))
		.map(({ id }) => id);
}

function isAllowed(attribute: Attribute, value: string | number): boolean {
	return typeof value === 'number'
		? attribute.numberValues.includes(value)
		: attribute.values.some(({ stringValue }) => stringValue === value);
}

function findAttribute(
	state: State,
	entityType: AttributeEntityType,
	{ id, name }: AttributeItem,
	location: string,
): Attribute {
	if (id === undefined && name === undefined) throw invalid(`${location}: id or name is required`);
	const attribute =
		id === undefined ? state.attributeNamed(entityType, name ?? '') : state.attributes.get(id);
	if (attribute === undefined || attribute.entityType !== entityType) {
		throw invalid(`${location}: no ${entityType} attribute "${id ?? name}"`);
	}
	if (name !== undefined && attribute.name !== name) {
		throw invalid(`${location}: attribute ${attribute.id} is not named "${name}"`);
	}
	return attribute;
}
