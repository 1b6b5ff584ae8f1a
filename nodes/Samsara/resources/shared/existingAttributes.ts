import { readDefinitions } from '../../api/attributes';
import type { RunContext } from '../../api/runContext';
import type {
	Attribute,
	AttributeAssignment,
	AttributeEntityType,
	AttributeValues,
	AttributeWithEntities,
} from '../../api/types';
import { valueTypeOf, readableValues } from '../../fields/attribute/attributeValueType';
import { readAttribute } from './attributeApi';
import type { EntityWithAttributes } from './entityAdapters';

/**
 * All attributes that an entity has, each once and with its values, as they must be known before they are written: a
 * list that leaves one out, or its values, may erase it. What the entity does not tell is read from the attributes; one
 * that comes without values has some that cannot be read.
 */
export async function readExistingAttributes(
	run: RunContext,
	entityType: AttributeEntityType,
	entity: EntityWithAttributes,
	definitions: Attribute[],
): Promise<AttributeValues[]> {
	const { id = '', attributes } = entity;
	if (!Array.isArray(attributes)) return await fromDefinitions(run, entityType, id);
	const existing = new Map<string, AttributeValues>();
	const unreadable = new Map<string, Attribute>();
	for (const item of attributes) {
		const definition = definitionOf(item, definitions) ?? typedBy(item);
		const key = item.id ?? definition.id ?? item.name ?? '';
		const values = readableValues(definition, item);
		if (values === undefined) unreadable.set(key, definition);
		else if (values.length > 0 && !existing.has(key)) {
			existing.set(key, withValues(item, definition, values));
		}
	}
	for (const [key, definition] of unreadable) {
		if (existing.has(key)) continue;
		const attribute =
			definition.id === undefined
				? definition
				: await readAttribute(run, entityType, definition.id);
		existing.set(key, valuesOn(attribute, id));
	}
	return [...existing.values()];
}

/** The attributes of an entity as the attributes list it: one call per attribute, once a run. */
async function fromDefinitions(
	run: RunContext,
	entityType: AttributeEntityType,
	entityId: string,
): Promise<AttributeValues[]> {
	const all = await run.cache.attributesWithEntities.get(entityType, async () => {
		const read: AttributeWithEntities[] = [];
		for (const { id = '' } of await readDefinitions(run, entityType)) {
			read.push(await readAttribute(run, entityType, id));
		}
		return read;
	});
	return all
		.filter((attribute) => assignedTo(attribute, entityId).length > 0)
		.map((attribute) => valuesOn(attribute, entityId));
}

/** The entity's value as the attribute lists it; without any values where it does not tell them. */
function valuesOn(attribute: AttributeWithEntities, entityId: string): AttributeValues {
	const { id, name } = attribute;
	const readable = assignedTo(attribute, entityId).map(
		(assigned) => readableValues(attribute, assigned) ?? [],
	);
	const values = readable.find(({ length }) => length > 0);
	return values ? withValues(attribute, attribute, values) : { id, name };
}

function assignedTo({ entities }: AttributeWithEntities, entityId: string): AttributeAssignment[] {
	return (entities ?? []).filter((entity) => String(entity.entityId) === entityId);
}

function withValues(
	{ id, name }: AttributeValues,
	attribute: Attribute,
	values: Array<string | number>,
): AttributeValues {
	return { id, name, [valueTypeOf(attribute).list]: values };
}

function definitionOf({ id, name }: AttributeValues, definitions: Attribute[]) {
	return definitions.find((one) => (id === undefined ? one.name === name : one.id === id));
}

/** For an attribute that the list of definitions does not have: its type by the values that it comes with. */
function typedBy({ id, name, numberValues, dateValues }: AttributeValues): Attribute {
	const attributeType = numberValues?.length ? 'number' : dateValues?.length ? 'date' : 'text';
	return { id, name, attributeType };
}
