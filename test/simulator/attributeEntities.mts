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

/** The new assignment of one attribute for each entity; undefined clears it. */
export type Assigned = Map<Entity, Assignment | undefined>;

/**
 * Validates the entities in a request, including the limit of attributes per entity.
 * @throws ApiError 400 that names the item, for an unknown or repeated entity or invalid values
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
			const name = item.entityId ?? JSON.stringify(item.externalIds ?? {});
			throw invalid(`${location}: no ${attribute.entityType} ${name}`);
		}
		if (result.has(entity)) throw invalid(`${location}: entity ${entity.id} is repeated`);
		const values = readValues(attribute, item, location);
		const assigned = entity.attributes;
		if (values !== undefined)
			requireCapacity(assigned, [...withoutAttribute(assigned, attribute.id), values]);
		result.set(entity, values);
	});
	return result;
}

function findEntity(state: State, type: AttributeEntityType, item: EntityItem): Entity | undefined {
	if (item.entityId !== undefined) return state.entity(type, item.entityId);
	for (const [key, value] of Object.entries(item.externalIds ?? {})) {
		const found = state.findByExternalId(key, value);
		if (found !== undefined) return state.entity(type, found.id);
	}
	return undefined;
}

/** Writes the assignments to the entities. */
export function assign(attribute: Attribute, assigned: Assigned, now: Date): void {
	for (const [entity, values] of assigned) {
		const others = withoutAttribute(entity.attributes, attribute.id);
		if (values === undefined && others.length === entity.attributes.length) continue;
		entity.attributes = values === undefined ? others : [...others, values];
		entity.updatedAtTime = now.toISOString();
	}
}

/** The assignments of all other attributes. */
export function withoutAttribute(assignments: Assignment[], attributeId: string): Assignment[] {
	return assignments.filter((assignment) => assignment.attributeId !== attributeId);
}

/** Removes values that are no longer allowed from all entities. */
export function dropRemovedValues(state: State, attribute: Attribute): void {
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
