import type { SamsaraClient } from '../../api/client';
import { SamsaraFailure } from '../../api/failure';
import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../api/types';
import { asError } from '../../asError';
import { each } from '../../execution/run';
import { kindOf, toldValues } from '../../fields/attributeKind';
import { assetsWithAttributes } from './assetReading';
import {
	driverAdapter,
	trailerAdapter,
	vehicleAdapter,
	type EntityAdapter,
	type EntityWithAttributes,
} from './entityAdapters';

/** Entities that are read at once. */
const AT_ONCE = 5;

/**
 * The attribute with each entity that has it once, and with its values in the list of the attribute's type. Values
 * that the attribute does not tell are read from the entities. One that comes without values has some that the token
 * cannot read.
 */
export async function withHeldValues(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	attribute: AttributeWithEntities,
): Promise<AttributeWithEntities> {
	if (!Array.isArray(attribute.entities)) return attribute;
	const entities = distinct(attribute, attribute.entities);
	const untold = entities.filter((held) => !isTold(attribute, held));
	if (untold.length === 0) return { ...attribute, entities };
	const ids = untold.map(({ entityId }) => entityId ?? '').filter((id) => id !== '');
	const read = await readEntities(samsara, entityType, ids);
	return {
		...attribute,
		entities: entities.map((held) => {
			if (isTold(attribute, held)) return held;
			const items = read.get(held.entityId ?? '')?.attributes ?? [];
			const own = items.filter(({ id, name }) =>
				id === undefined ? name === attribute.name : id === attribute.id,
			);
			const values = own.map((item) => toldValues(attribute, item) ?? []);
			return withValues(
				attribute,
				held,
				values.find(({ length }) => length > 0),
			);
		}),
	};
}

/** True for an entity whose values were read: one that has the attribute has a value. */
export function isTold(attribute: AttributeWithEntities, held: AttributeAssignment): boolean {
	return (held[kindOf(attribute).list] ?? []).length > 0;
}

/** Each entity once, with the values that the attribute tells of it, or without any. */
export function distinct(
	attribute: AttributeWithEntities,
	entities: AttributeAssignment[],
): AttributeAssignment[] {
	const byId = new Map<string, AttributeAssignment>();
	for (const held of entities) {
		const told = withValues(attribute, held, toldValues(attribute, held));
		const id = held.entityId ?? JSON.stringify(held.externalIds);
		const other = byId.get(id);
		if (!other || !isTold(attribute, other)) byId.set(id, told);
	}
	return [...byId.values()];
}

/** The holder with these values in the list that the attribute's type takes, and no other. */
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
		...(values.length > 0 && { [kindOf(attribute).list]: values }),
	};
}

/** Entities with their attributes, as far as the token may read them. */
async function readEntities(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	ids: string[],
): Promise<Map<string, EntityWithAttributes>> {
	const read = new Map<string, EntityWithAttributes>();
	const isLeft = (id: string) => !read.has(id);
	if (entityType === 'asset') {
		for (const [id, asset] of await assetsWithAttributes(samsara, undefined, ids)) {
			read.set(id, asset);
		}
	}
	const adapters = entityType === 'driver' ? [driverAdapter] : [vehicleAdapter, trailerAdapter];
	for (const adapter of adapters) {
		for (const [id, entity] of await readBy(adapter, samsara, ids.filter(isLeft))) {
			if (Array.isArray(entity.attributes)) read.set(id, entity);
		}
	}
	return read;
}

/** The entities that are of this kind; none where the token may not read it. */
async function readBy(
	adapter: EntityAdapter,
	samsara: SamsaraClient,
	ids: string[],
): Promise<Map<string, EntityWithAttributes>> {
	let isForbidden = false;
	const ifReadable = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
		if (isForbidden) return undefined;
		try {
			return await read();
		} catch (error) {
			if (!(error instanceof SamsaraFailure) || ![403, 404].includes(error.status)) {
				throw asError(error);
			}
			isForbidden ||= error.status === 403;
			return undefined;
		}
	};
	const lists = adapter.chunk === undefined;
	const many = lists
		? await ifReadable(async () => await adapter.readMany(samsara, ids))
		: undefined;
	const found = new Map(many);
	const left = ids.filter((id) => !found.has(id));
	const singly = await each(left, AT_ONCE, false, async (id) => {
		const entity = await ifReadable(async () => await adapter.readOne(samsara, id));
		if (entity) found.set(id, entity);
	});
	const failure = singly.find((outcome) => outcome instanceof Error);
	if (failure instanceof Error) throw failure;
	return found;
}
