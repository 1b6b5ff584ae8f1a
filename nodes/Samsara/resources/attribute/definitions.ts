import type { SamsaraClient } from '../../api/client';
import { path } from '../../api/path';
import type { Attribute, AttributeEntityType, AttributeWithEntities, Data } from '../../api/types';
import { unchanged } from '../../fields/definedValues';

/** The attribute of exactly this name, blanks around aside. */
export function exactly(definitions: Attribute[], name: string): Attribute | undefined {
	return definitions.find((attribute) => attribute.name?.trim() === name.trim());
}

/** The attribute of this name; where none has exactly it, the only one that differs in case. */
export function named(definitions: Attribute[], name: string): Attribute | undefined {
	const fold = (text = '') => text.trim().toLowerCase();
	const alike = definitions.filter((attribute) => fold(attribute.name) === fold(name));
	return exactly(definitions, name) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** Takes over what the run has made or changed into the definitions that it remembers. Entities are not kept. */
export function note(definitions: Attribute[], attribute: AttributeWithEntities): void {
	const definition = { ...attribute };
	delete definition.entities;
	const place = definitions.findIndex(({ id }) => id === definition.id);
	definitions.splice(place < 0 ? definitions.length : place, 1, definition);
}

/** Where a definition lives, and the key under which work on it takes turns (shared/inTurn.ts). */
export function place(id: string | undefined): string {
	return path`/attributes/${id ?? ''}`;
}

/** A definition with the entities that hold it. */
export async function readAttribute(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	id: string,
): Promise<AttributeWithEntities> {
	const { data } = await samsara.get<Data<AttributeWithEntities>>(place(id), { entityType });
	return data;
}

/** Changes a definition. The entity type stands in the body here, and in the query elsewhere. */
export async function patchAttribute(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	attribute: Attribute,
	changes: object,
): Promise<AttributeWithEntities> {
	const { data } = await samsara.patch<Data<AttributeWithEntities>>(place(attribute.id), {
		entityType,
		...unchanged(attribute),
		...changes,
	});
	return data;
}
