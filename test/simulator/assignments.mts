import { invalid } from './errors.mts';
import { present } from './json.mts';
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

const ATTRIBUTES_PER_ENTITY = 20;

/** The value lists of an attribute item. */
export interface ValueLists {
	stringValues?: string[];
	numberValues?: number[];
	dateValues?: string[];
}

/** An attribute item of an entity, as requests carry it. */
export interface AttributeItem extends ValueLists {
	id?: string;
	name?: string;
}

export type ListName = keyof ValueLists;

const LISTS: ListName[] = ['stringValues', 'numberValues', 'dateValues'];

interface Kind {
	list: ListName;
	/** Whether an entity may hold several values. */
	multiple: boolean;
	/** Whether only the values of the definition are taken. */
	restricted: boolean;
}

/** The documented types, one by one; of the guide's older two, `string` is met in that contract only. */
const KINDS: Record<AttributeType, Kind> = {
	'single-select': { list: 'stringValues', multiple: false, restricted: true },
	'multi-select': { list: 'stringValues', multiple: true, restricted: true },
	text: { list: 'stringValues', multiple: false, restricted: false },
	'freeform-multi-select': { list: 'stringValues', multiple: true, restricted: false },
	number: { list: 'numberValues', multiple: false, restricted: false },
	date: { list: 'dateValues', multiple: false, restricted: false },
	string: { list: 'stringValues', multiple: false, restricted: true },
};

/** The kind of an attribute. The guide: entities hold only valid values, one or several by quantity. */
export function valueTypeOf({ attributeType, attributeValueQuantity }: Attribute): Kind {
	const kind = KINDS[attributeType];
	if (attributeValueQuantity === undefined) return kind;
	return { list: kind.list, multiple: attributeValueQuantity === 'multi', restricted: true };
}

/**
 * The values of an item for an attribute, or undefined when all its lists are empty (which clears).
 * `location` names the item in messages.
 * @throws ApiError 400 for a list that the attribute's type does not use, more than one value where
 *   one is allowed, a value that is not prescribed, or a date that is none
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
		if (restricted && !isPrescribed(attribute, value)) {
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
 * The assignments of an entity after a write of `items`. `replace`: exactly these; `merge`: those
 * not named stay, and an item with empty lists clears. Changes nothing yet.
 * @throws ApiError 400 for an unknown attribute, values that do not fit, an attribute named twice,
 *   or more than 20 attributes on the entity
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
		const attribute = named(state, entityType, item, location);
		if (written.has(attribute.id)) {
			throw invalid(`${location}: attribute "${attribute.name}" is given twice`);
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
 * An entity that is over the limit already may lose attributes, but gets no more.
 * @throws ApiError 400 for more than 20 attributes on one entity (limit of the vendor's guide)
 */
export function requireCapacity(before: Assignment[], after: Assignment[]): void {
	if (after.length > Math.max(ATTRIBUTES_PER_ENTITY, before.length)) {
		throw invalid(`attributes: an entity can have at most ${ATTRIBUTES_PER_ENTITY} attributes`);
	}
}

/** The attribute items of an entity as they are answered: `{id, name, <one list>}`. */
export function describeAssignments(state: State, entity: Entity): JsonObject[] {
	return entity.attributes.flatMap(({ attributeId, stringValues, numberValues, dateValues }) => {
		const attribute = state.attributes.get(attributeId);
		if (attribute === undefined) return [];
		const { name } = attribute;
		return [present({ id: attributeId, name, stringValues, numberValues, dateValues })];
	});
}

/** The ids of the prescribed values that an assignment holds. */
export function valueIds(attribute: Attribute, assignment: Assignment): string[] {
	return attribute.values
		.filter(({ stringValue }) => assignment.stringValues?.includes(stringValue))
		.map(({ id }) => id);
}

function isPrescribed(attribute: Attribute, value: string | number): boolean {
	return typeof value === 'number'
		? attribute.numberValues.includes(value)
		: attribute.values.some(({ stringValue }) => stringValue === value);
}

function named(
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
