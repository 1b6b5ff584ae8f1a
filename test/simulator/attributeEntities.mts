import { valueTypeOf, readValues, requireCapacity } from './assignments.mts';
import type { ValueLists } from './assignments.mts';
import { invalid } from './errors.mts';
import type { State } from './state.mts';
import type { Assignment, Attribute, AttributeEntityType, Entity } from './types.mts';

/** An item of `entities` in a request on an attribute. */
export interface EntityItem extends ValueLists {
	entityId?: string;
	externalIds?: Record<string, string>;
}

/** What each entity is to hold of one attribute; undefined clears. */
export type Assigned = Map<Entity, Assignment | undefined>;

/**
 * What the items of a request assign, checked, also against the limit of attributes an entity.
 * @throws ApiError 400 naming the item for an unknown entity, one given twice, or values that do
 *   not fit
 */
export function assignmentsByEntity(
	state: State,
	attribute: Attribute,
	items: EntityItem[],
): Assigned {
	const result: Assigned = new Map();
	items.forEach((item, number) => {
		const location = `entities[${number}]`;
		const entity = findEntity(state, attribute.entityType, item);
		if (entity === undefined) {
			const named = item.entityId ?? JSON.stringify(item.externalIds ?? {});
			throw invalid(`${location}: no ${attribute.entityType} ${named}`);
		}
		if (result.has(entity)) throw invalid(`${location}: entity ${entity.id} is given twice`);
		const values = readValues(attribute, item, location);
		const assigned = entity.attributes;
		if (values !== undefined)
			requireCapacity(assigned, [...without(assigned, attribute.id), values]);
		result.set(entity, values);
	});
	return result;
}

function findEntity(state: State, type: AttributeEntityType, item: EntityItem): Entity | undefined {
	if (item.entityId !== undefined) return state.entity(type, item.entityId);
	for (const [key, value] of Object.entries(item.externalIds ?? {})) {
		const holder = state.holder(key, value);
		if (holder !== undefined) return state.entity(type, holder.id);
	}
	return undefined;
}

/** Writes what was read. */
export function assign(attribute: Attribute, assigned: Assigned, now: Date): void {
	for (const [entity, values] of assigned) {
		const others = without(entity.attributes, attribute.id);
		if (values === undefined && others.length === entity.attributes.length) continue;
		entity.attributes = values === undefined ? others : [...others, values];
		entity.updatedAtTime = now.toISOString();
	}
}

/** The assignments of the other attributes. */
export function without(assignments: Assignment[], attributeId: string): Assignment[] {
	return assignments.filter((assignment) => assignment.attributeId !== attributeId);
}

/** Values that are no longer prescribed disappear from the entities that had them. */
export function dropUndefinedValues(state: State, attribute: Attribute): void {
	if (!valueTypeOf(attribute).restricted) return;
	const allowed = new Set(attribute.values.map(({ stringValue }) => stringValue));
	for (const entity of state.entitiesOf(attribute.entityType)) {
		entity.attributes = entity.attributes.flatMap((assignment) => {
			if (assignment.attributeId !== attribute.id) return [assignment];
			const stringValues = assignment.stringValues?.filter((value) => allowed.has(value));
			const numberValues = assignment.numberValues?.filter((value) =>
				attribute.numberValues.includes(value),
			);
			if ((stringValues ?? numberValues ?? []).length === 0) return [];
			return [{ ...assignment, stringValues, numberValues }];
		});
	}
}
