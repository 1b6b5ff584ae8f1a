import type { RunContext } from '../../../api/runContext';
import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../../api/types';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { externalIdStrings } from '../../../common/ids';
import { InvalidInputError } from '../../../common/errors';
import { distinct, hasReadableValues, withValues } from '../../shared/readAssignedEntities';
import { patchAttribute } from '../../shared/attributeApi';
import { keyOf, toApiEntity, type EntityReference, type EntityValues } from './entities';

/**
 * The entities that have an attribute, and how to update them. It is not documented whether `entities` is merged with the
 * existing entities or replaces them, so the whole set is sent: unchanged entities as they are, and entities that lose the
 * attribute with an empty list. Therefore the values of all unchanged entities must have been read.
 */
export class Assignments {
	private byKey = new Map<string, AttributeAssignment>();

	/** Samsara IDs by external ID, of all entities that have had the attribute. */
	private readonly ids = new Map<string, string>();

	/** @param attribute as returned by `withReadValues` */
	constructor(
		private readonly run: RunContext,
		private readonly entityType: AttributeEntityType,
		private attribute: AttributeWithEntities,
	) {
		this.index();
	}

	/** The attribute as in Samsara's last response. */
	get current(): AttributeWithEntities {
		return this.attribute;
	}

	/** The assignment of an entity, by its Samsara ID or one of its external IDs. */
	of(entity: EntityReference): AttributeAssignment | undefined {
		return this.byKey.get(keyOf(entity));
	}

	/** Identifies an entity by its Samsara ID if it is known, otherwise by the ID passed. */
	keyOf(entity: EntityReference): string {
		const key = keyOf(entity);
		return this.of(entity)?.entityId ?? this.ids.get(key) ?? key;
	}

	/** The values of an entity; none if it does not have the attribute. */
	valuesOf(entity: EntityReference): Array<string | number> {
		return this.of(entity)?.[valueTypeOf(this.attribute).list] ?? [];
	}

	/** Whether an entity has the attribute but its values could not be read. */
	isUnread(entity: EntityReference): boolean {
		const assignment = this.of(entity);
		return assignment !== undefined && !hasReadableValues(this.attribute, assignment);
	}

	/** Whether the whole set can be sent: all other entities that have the attribute are known, with their values. */
	canWrite(entities: EntityReference[]): boolean {
		const named = new Set(entities.map((entity) => this.keyOf(entity)));
		return (
			Array.isArray(this.attribute.entities) &&
			this.attribute.entities.every(
				(assignment) =>
					named.has(this.keyOf(assignment)) || hasReadableValues(this.attribute, assignment),
			)
		);
	}

	/**
	 * Writes values of entities in one request. If two changes have the same entity, the last one applies. No request is made
	 * if nothing would change. Requires `canWrite`.
	 */
	async write(changes: EntityValues[]): Promise<void> {
		const changesByKey = new Map(changes.map((change) => [this.keyOf(change.entity), change]));
		for (const [key, { entity, values }] of changesByKey) {
			if (!this.isUnread(entity) && isSame(values, this.valuesOf(entity))) changesByKey.delete(key);
		}
		if (changesByKey.size === 0) return;
		const others = (this.attribute.entities ?? []).filter(
			(assignment) => !changesByKey.has(this.keyOf(assignment)),
		);
		const sent = [
			...others.map((entity) => ({ entity, values: this.valuesOf(entity) })),
			...[...changesByKey.values()].map(({ entity, values }) => ({
				entity: this.of(entity) ?? entity,
				values,
			})),
		];
		const updated = await patchAttribute(this.run, this.entityType, this.attribute, {
			entities: sent.map((each) => toApiEntity(this.attribute, each)),
		});
		this.attribute = asSent(updated, sent, this.attribute.entities);
		this.index();
	}

	/** An error if Samsara's last response does not show one of these values. */
	unconfirmedError(expected: EntityValues[]): InvalidInputError | undefined {
		const unconfirmed = expected.find(
			({ entity, values }) => !isSame(values, this.valuesOf(entity)),
		);
		return (
			unconfirmed &&
			new InvalidInputError(
				`Samsara accepted the values of '${this.attribute.name}', but its response does not show the value of ${keyOf(unconfirmed.entity)}`,
				'Check the value in Samsara, or set it with the operation Set Attributes of the driver or asset.',
			)
		);
	}

	private index(): void {
		this.byKey = new Map(
			(this.attribute.entities ?? []).flatMap((assignment) =>
				allIds(assignment).map((key) => [key, assignment] as const),
			),
		);
		for (const [key, { entityId }] of this.byKey) if (entityId) this.ids.set(key, entityId);
	}
}

/**
 * The attribute after an update: as in the response or, where it does not show values, as sent.
 *
 * @param before the previous entities, whose names and IDs the response may leave out
 */
function asSent(
	updated: AttributeWithEntities,
	sent: EntityValues[],
	before: AttributeAssignment[] = [],
): AttributeWithEntities {
	const answered: AttributeAssignment[] = Array.isArray(updated.entities)
		? distinct(updated, updated.entities)
		: sent
				.filter(({ values }) => values.length > 0)
				.map((each) => ({
					...before.find(({ entityId }) => entityId && entityId === each.entity.entityId),
					...toApiEntity(updated, each),
				}));
	const sentValues = new Map(sent.map(({ entity, values }) => [keyOf(entity), values]));
	const entities = answered.map((assignment) => {
		if (hasReadableValues(updated, assignment)) return assignment;
		const own = allIds(assignment).map((id) => sentValues.get(id) ?? []);
		return withValues(
			updated,
			assignment,
			own.find(({ length }) => length > 0),
		);
	});
	return { ...updated, entities };
}

/** Whether two lists have the same values, in any order. */
function isSame(one: Array<string | number> = [], other: Array<string | number> = []): boolean {
	return one.length === other.length && one.every((value) => other.includes(value));
}

function allIds({ entityId, externalIds }: AttributeAssignment): string[] {
	return [...(entityId === undefined ? [] : [entityId]), ...externalIdStrings(externalIds ?? {})];
}
