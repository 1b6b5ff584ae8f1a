import type { RunContext } from '../../api/runContext';
import { unless } from '../../common/settle';
import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../api/types';
import { mapWithConcurrency } from '../../execution/concurrency';
import {
	firstValues,
	isValueOf,
	readableValues,
	valueTypeOf,
} from '../../fields/attribute/attributeValueType';
import { assetsWithAttributes } from './assets';
import {
	driverAdapter,
	trailerAdapter,
	vehicleAdapter,
	type EntityAdapter,
	type EntityWithAttributes,
} from './entityAdapters';

/** How many entities to read at once. */
const CONCURRENCY = 5;

/**
 * Returns the attribute with each of its entities once, with values in the list for the attribute's type. Values that the
 * attribute does not show are read from the entities. An entity without values in the result has some that the token
 * cannot read.
 */
export async function withReadValues(
	run: RunContext,
	entityType: AttributeEntityType,
	attribute: AttributeWithEntities,
): Promise<AttributeWithEntities> {
	if (!Array.isArray(attribute.entities)) return attribute;
	const entities = distinct(attribute, attribute.entities);
	const ids = entities
		.filter((assignment) => !hasReadableValues(attribute, assignment))
		.flatMap(({ entityId }) => entityId ?? []);
	const read = await readEntities(run, entityType, ids);
	return {
		...attribute,
		entities: entities.map((assignment) => {
			if (hasReadableValues(attribute, assignment)) return assignment;
			const items = read.get(assignment.entityId ?? '')?.attributes ?? [];
			const own = items.filter((item) => isValueOf(item, attribute));
			return withValues(attribute, assignment, firstValues(attribute, own));
		}),
	};
}

/** Whether the values of an entity were read: an entity that has the attribute always has a value. */
export function hasReadableValues(
	attribute: AttributeWithEntities,
	assignment: AttributeAssignment,
): boolean {
	return (assignment[valueTypeOf(attribute).list] ?? []).length > 0;
}

/** Each entity once, with the values that the attribute shows, if any. */
export function distinct(
	attribute: AttributeWithEntities,
	entities: AttributeAssignment[],
): AttributeAssignment[] {
	const byId = new Map<string, AttributeAssignment>();
	for (const assignment of entities) {
		const readable = withValues(attribute, assignment, readableValues(attribute, assignment));
		const id = assignment.entityId ?? JSON.stringify(assignment.externalIds);
		const other = byId.get(id);
		if (!other || !hasReadableValues(attribute, other)) byId.set(id, readable);
	}
	return [...byId.values()];
}

/** The entity with these values in the list for the attribute's type, and no other list. */
export function withValues(
	attribute: AttributeWithEntities,
	{ entityId, name, externalIds, values: ids }: AttributeAssignment,
	values: Array<string | number> = [],
): AttributeAssignment {
	return {
		...(entityId !== undefined && { entityId }),
		...(name !== undefined && { name }),
		...(externalIds && { externalIds }),
		...(ids && { values: ids }),
		...(values.length > 0 && { [valueTypeOf(attribute).list]: values }),
	};
}

/** Reads entities with their attributes, as far as the token may read them. */
async function readEntities(
	run: RunContext,
	entityType: AttributeEntityType,
	ids: string[],
): Promise<Map<string, EntityWithAttributes>> {
	const read = new Map<string, EntityWithAttributes>();
	const isLeft = (id: string) => !read.has(id);
	if (entityType === 'asset') {
		for (const [id, asset] of await assetsWithAttributes(run, undefined, ids)) read.set(id, asset);
	}
	const adapters = entityType === 'driver' ? [driverAdapter] : [vehicleAdapter, trailerAdapter];
	for (const adapter of adapters) {
		for (const [id, entity] of await readBy(adapter, run, ids.filter(isLeft))) {
			if (Array.isArray(entity.attributes)) read.set(id, entity);
		}
	}
	return read;
}

/** Reads the entities that an adapter finds, as far as the token may read them. */
async function readBy(
	adapter: EntityAdapter,
	run: RunContext,
	ids: string[],
): Promise<Map<string, EntityWithAttributes>> {
	const found = new Map<string, EntityWithAttributes>();
	await unless([403], async () => {
		if (adapter.chunkSize === undefined) {
			for (const [id, entity] of await adapter.readMany(run, ids)) found.set(id, entity);
		}
		const remaining = ids.filter((id) => !found.has(id));
		const single = await mapWithConcurrency(remaining, CONCURRENCY, false, async (id) => {
			const entity = await unless([404], async () => await adapter.readWithAttributes(run, id));
			if (entity) found.set(id, entity);
		});
		const failure = single.find((outcome) => outcome instanceof Error);
		if (failure) throw failure;
	});
	return found;
}
