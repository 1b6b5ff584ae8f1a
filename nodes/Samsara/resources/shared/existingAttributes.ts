import { readDefinitions } from '../../api/attributes';
import type { RunContext } from '../../api/runContext';
import type {
	Attribute,
	AttributeAssignment,
	AttributeEntityType,
	AttributeValues,
	AttributeWithEntities,
} from '../../api/types';
import { mergeAttributes, type AttributeChange } from '../../fields/attribute/attributeMerge';
import { attributeItem, type AttributeInput } from '../../fields/attribute/attributeValues';
import {
	firstValues,
	isValueOf,
	readableValues,
	valueTypeOf,
} from '../../fields/attribute/attributeValueType';
import { addMissingValues } from './addMissingValues';
import { readAttribute } from './attributeApi';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';

/**
 * The whole set of attributes to send for an entity: the changes, and the existing attributes that stay. It is put
 * together once before values are added to attributes, so that input that cannot be written adds none.
 *
 * @throws InvalidInputError if an attribute that stays cannot be read, or the entity would have too many
 */
export async function mergeWithExisting(
	run: RunContext,
	{ entityType, replaces }: Pick<EntityAdapter, 'entityType' | 'replaces'>,
	entity: EntityWithAttributes,
	change: AttributeChange,
): Promise<{ existing: AttributeValues[]; attributes: AttributeValues[] }> {
	const definitions = await readDefinitions(run, entityType);
	const existing = await readExistingAttributes(run, entityType, entity, definitions);
	const mergeWith = (inputs: AttributeInput[]) =>
		mergeAttributes(existing, { ...change, inputs }, definitions, replaces);
	mergeWith(change.inputs);
	const attributes = mergeWith(await addMissingValues(run, entityType, change.inputs));
	return { existing, attributes };
}

/**
 * The attributes to send for an entity that gets values in a form; undefined if the form is empty.
 *
 * @throws InvalidInputError like `mergeWithExisting`
 */
export async function attributesToSend(
	run: RunContext,
	adapter: EntityAdapter,
	entity: EntityWithAttributes,
	inputs: AttributeInput[],
): Promise<AttributeValues[] | undefined> {
	if (inputs.length === 0) return undefined;
	const change: AttributeChange = { inputs, cleared: [], mode: 'merge' };
	return (await mergeWithExisting(run, adapter, entity, change)).attributes;
}

const writtenKey = (entityType: AttributeEntityType, id: string) => `${entityType} ${id}`;

/** Remembers the attributes that were sent, for further items with the same entity. */
export function rememberWritten(
	run: RunContext,
	entityType: AttributeEntityType,
	id: string,
	attributes: AttributeValues[],
): void {
	run.written.attributes.set(writtenKey(entityType, id), attributes);
}

/** Whether this run has sent attributes of an entity. */
export function isWritten(run: RunContext, entityType: AttributeEntityType, id: string): boolean {
	return run.written.attributes.has(writtenKey(entityType, id));
}

/**
 * All attributes that an entity has, each once and with its values. They must be complete before any are written: a list
 * that leaves out an attribute or its values may erase it. What the entity does not show is read from the attributes. An
 * attribute without values in the result has some that cannot be read.
 */
async function readExistingAttributes(
	run: RunContext,
	entityType: AttributeEntityType,
	entity: EntityWithAttributes,
	definitions: Attribute[],
): Promise<AttributeValues[]> {
	const { id = '' } = entity;
	// The definitions are read once per run, so they do not show what it has written since.
	const attributes = entity.attributes ?? run.written.attributes.get(writtenKey(entityType, id));
	if (!Array.isArray(attributes)) return await fromDefinitions(run, entityType, id);
	const existing = new Map<string, AttributeValues>();
	const withoutValues = new Map<string, Attribute>();
	for (const item of attributes) {
		const definition =
			definitions.find((candidate) => isValueOf(item, candidate)) ?? definitionByValues(item);
		const key = item.id ?? definition.id ?? item.name ?? '';
		const values = readableValues(definition, item);
		if (values === undefined) withoutValues.set(key, definition);
		else if (values.length > 0 && !existing.has(key)) {
			existing.set(key, { id: item.id, name: item.name, [valueTypeOf(definition).list]: values });
		}
	}
	for (const [key, definition] of withoutValues) {
		if (existing.has(key)) continue;
		const attribute =
			definition.id === undefined
				? definition
				: await readAttribute(run, entityType, definition.id);
		existing.set(key, valuesOn(attribute, id));
	}
	return [...existing.values()];
}

/** Reads an entity's attributes from the attributes themselves: one request per attribute, once per run. */
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

/** The entity's values as the attribute lists them; without values if the attribute does not show them. */
function valuesOn(attribute: AttributeWithEntities, entityId: string): AttributeValues {
	const { id, name } = attribute;
	const values = firstValues(attribute, assignedTo(attribute, entityId));
	return values ? attributeItem(attribute, values) : { id, name };
}

function assignedTo({ entities }: AttributeWithEntities, entityId: string): AttributeAssignment[] {
	return (entities ?? []).filter((entity) => String(entity.entityId) === entityId);
}

/** For an attribute that is not among the definitions: its type is derived from its values. */
function definitionByValues({ id, name, numberValues, dateValues }: AttributeValues): Attribute {
	const attributeType = numberValues?.length ? 'number' : dateValues?.length ? 'date' : 'text';
	return { id, name, attributeType };
}
