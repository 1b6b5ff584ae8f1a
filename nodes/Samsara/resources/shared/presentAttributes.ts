import { definitionsOf } from '../../api/attributes';
import type { SamsaraClient } from '../../api/client';
import type {
	Attribute,
	AttributeAssignment,
	AttributeEntityType,
	AttributeValues,
	AttributeWithEntities,
} from '../../api/types';
import { kindOf, toldValues } from '../../fields/attributeKind';
import { readAttribute } from '../attribute/definitions';
import type { EntityWithAttributes } from './entityAdapters';

/**
 * All attributes that an entity has, each once and with its values, as they must be known before they are written: a
 * list that leaves one out, or its values, may erase it. What the entity does not tell is read from the attributes; one
 * that comes without values has some that cannot be read.
 */
export async function presentAttributes(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	entity: EntityWithAttributes,
	definitions: Attribute[],
): Promise<AttributeValues[]> {
	const { id = '', attributes } = entity;
	if (!Array.isArray(attributes)) return await fromDefinitions(samsara, entityType, id);
	const present = new Map<string, AttributeValues>();
	const untold = new Map<string, Attribute>();
	for (const item of attributes) {
		const definition = definitionOf(item, definitions) ?? typedBy(item);
		const key = item.id ?? definition.id ?? item.name ?? '';
		const values = toldValues(definition, item);
		if (values === undefined) untold.set(key, definition);
		else if (values.length > 0 && !present.has(key)) {
			present.set(key, withValues(item, definition, values));
		}
	}
	for (const [key, definition] of untold) {
		if (present.has(key)) continue;
		const attribute =
			definition.id === undefined
				? definition
				: await readAttribute(samsara, entityType, definition.id);
		present.set(key, valuesOn(attribute, id));
	}
	return [...present.values()];
}

/** The attributes of an entity as the attributes list it: one call per attribute, once a run. */
async function fromDefinitions(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	entityId: string,
): Promise<AttributeValues[]> {
	const all = await samsara.once(`attributes with ${entityType}s`, async () => {
		const read: AttributeWithEntities[] = [];
		for (const { id = '' } of await definitionsOf(samsara, entityType)) {
			read.push(await readAttribute(samsara, entityType, id));
		}
		return read;
	});
	return all
		.filter((attribute) => heldBy(attribute, entityId).length > 0)
		.map((attribute) => valuesOn(attribute, entityId));
}

/** The entity's value as the attribute lists it; without any values where it does not tell them. */
function valuesOn(attribute: AttributeWithEntities, entityId: string): AttributeValues {
	const { id, name } = attribute;
	const told = heldBy(attribute, entityId).map((held) => toldValues(attribute, held) ?? []);
	const values = told.find(({ length }) => length > 0);
	return values ? withValues(attribute, attribute, values) : { id, name };
}

function heldBy({ entities }: AttributeWithEntities, entityId: string): AttributeAssignment[] {
	return (entities ?? []).filter((entity) => String(entity.entityId) === entityId);
}

function withValues(
	{ id, name }: AttributeValues,
	attribute: Attribute,
	values: Array<string | number>,
): AttributeValues {
	return { id, name, [kindOf(attribute).list]: values };
}

function definitionOf({ id, name }: AttributeValues, definitions: Attribute[]) {
	return definitions.find((one) => (id === undefined ? one.name === name : one.id === id));
}

/** For an attribute that the list of definitions does not have: its type by the values that it comes with. */
function typedBy({ id, name, numberValues, dateValues }: AttributeValues): Attribute {
	const attributeType = numberValues?.length ? 'number' : dateValues?.length ? 'date' : 'text';
	return { id, name, attributeType };
}
