import type { RunContext } from '../../api/runContext';
import { path } from '../../api/path';
import type { Attribute, AttributeEntityType, AttributeWithEntities, Data } from '../../api/types';
import { requiredOnPatch } from '../../fields/attribute/allowedValues';

/** The attribute of exactly this name, blanks around aside. */
export function findByExactName(definitions: Attribute[], name: string): Attribute | undefined {
	return definitions.find((attribute) => attribute.name?.trim() === name.trim());
}

/** The attribute of this name; where none has exactly it, the only one that differs in case. */
export function findByName(definitions: Attribute[], name: string): Attribute | undefined {
	const normalize = (text = '') => text.trim().toLowerCase();
	const matches = definitions.filter((attribute) => normalize(attribute.name) === normalize(name));
	return findByExactName(definitions, name) ?? (matches.length === 1 ? matches[0] : undefined);
}

/** Takes over what the run has made or changed into the definitions that it remembers. Entities are not kept. */
export function rememberDefinition(
	definitions: Attribute[],
	attribute: AttributeWithEntities,
): void {
	const definition = { ...attribute };
	delete definition.entities;
	const index = definitions.findIndex(({ id }) => id === definition.id);
	definitions.splice(index < 0 ? definitions.length : index, 1, definition);
}

/** Where a definition lives, and the key under which work on it takes turns (shared/locks.ts). */
export function attributePath(id: string | undefined): string {
	return path`/attributes/${id ?? ''}`;
}

/** A definition with the entities that hold it. */
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

/** Changes a definition. The entity type stands in the body here, and in the query elsewhere. */
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
	return data;
}
