import type { RunContext } from '../../api/runContext';
import { path } from '../../api/path';
import type { Attribute, AttributeEntityType, AttributeWithEntities, Data } from '../../api/types';
import { normalize } from '../../common/coercion';
import { requiredOnPatch } from '../../fields/attribute/allowedValues';

/** The attribute with exactly this name, apart from surrounding spaces. */
export function findByExactName(definitions: Attribute[], name: string): Attribute | undefined {
	return definitions.find((attribute) => attribute.name?.trim() === name.trim());
}

/** The attribute with this name or, if there is only one, the one whose name differs in case. */
export function findByName(definitions: Attribute[], name: string): Attribute | undefined {
	const matches = definitions.filter((attribute) => normalize(attribute.name) === normalize(name));
	return findByExactName(definitions, name) ?? (matches.length === 1 ? matches[0] : undefined);
}

/** Updates the cached definitions after an attribute was created or updated. Entities are not cached. */
export function rememberDefinition(
	definitions: Attribute[],
	attribute: AttributeWithEntities,
): void {
	const definition = { ...attribute };
	delete definition.entities;
	const index = definitions.findIndex(({ id }) => id === definition.id);
	definitions.splice(index < 0 ? definitions.length : index, 1, definition);
}

/** The path of an attribute, which is also its lock key. */
export function attributePath(id: string | undefined): string {
	return path`/attributes/${id ?? ''}`;
}

/** Reads an attribute with the entities that have it. */
export async function readAttribute(
	run: RunContext,
	entityType: AttributeEntityType,
	id: string,
): Promise<AttributeWithEntities> {
	const { data } = await run.client.get<Data<AttributeWithEntities>>(attributePath(id), {
		entityType,
	});
	return data;
}

/**
 * Updates an attribute. Unlike in other requests, the entity type is in the body. What this run knows of the attributes of
 * entities is outdated once their values were sent.
 */
export async function patchAttribute(
	run: RunContext,
	entityType: AttributeEntityType,
	attribute: Attribute,
	changes: object,
): Promise<AttributeWithEntities> {
	const { data } = await run.client.patch<Data<AttributeWithEntities>>(
		attributePath(attribute.id),
		{
			entityType,
			...requiredOnPatch(attribute),
			...changes,
		},
	);
	if ('entities' in changes) {
		run.written.attributes.clear();
		run.cache.attributesWithEntities.forget(entityType);
	}
	return data;
}
