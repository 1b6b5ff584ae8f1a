import type { RunContext } from '../../../api/runContext';
import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../../api/types';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { InvalidInputError } from '../../../common/errors';
import { distinct, hasReadableValues, withValues } from '../../shared/readAssignedEntities';
import { patchAttribute } from '../../shared/attributeApi';
import { entityValues, keyOf, type EntityReference, type EntityValues } from './entities';

/**
 * The entities that hold an attribute, and the way to change them. Samsara does not say whether `entities` is merged
 * into what is there or replaces it, so the whole set is sent: the others as they are, and those that lose the
 * attribute with an empty list. So the values of all others must have been read.
 */
export class Assignments {
	private byKey = new Map<string, AttributeAssignment>();

	/** Samsara IDs by the external IDs of all that ever had the attribute. */
	private readonly ids = new Map<string, string>();

	/** @param attribute as `withReadValues` gives it */
	constructor(
		private readonly run: RunContext,
		private readonly entityType: AttributeEntityType,
		private attribute: AttributeWithEntities,
	) {
		this.index();
	}

	/** The attribute as Samsara answered last. */
	get current(): AttributeWithEntities {
		return this.attribute;
	}

	/** What an entity holds, whether it is named by its Samsara ID or by one of its external IDs. */
	of(entity: EntityReference): AttributeAssignment | undefined {
		return this.byKey.get(keyOf(entity));
	}

	/** Tells entities apart, whichever of their IDs names them, as far as this attribute knows them. */
	keyOf(entity: EntityReference): string {
		const key = keyOf(entity);
		return this.of(entity)?.entityId ?? this.ids.get(key) ?? key;
	}

	/** The values of an entity; none where it does not hold the attribute. */
	valuesOf(entity: EntityReference): Array<string | number> {
		return this.of(entity)?.[valueTypeOf(this.attribute).list] ?? [];
	}

	/** Whether the values of an entity are not known although it has the attribute. */
	isUnread(entity: EntityReference): boolean {
		const assignment = this.of(entity);
		return assignment !== undefined && !hasReadableValues(this.attribute, assignment);
	}

	/** Whether the whole set can be sent: it is known who has the attribute, and with what, these entities aside. */
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
	 * Writes values of entities in one call; of two changes to one entity the later counts. No call is made where
	 * nothing would change. Call it only where `canWrite`.
	 */
	async write(changes: EntityValues[]): Promise<void> {
		const { list } = valueTypeOf(this.attribute);
		const changesByKey = new Map(changes.map((change) => [this.keyOf(change), change]));
		for (const [key, change] of changesByKey) {
			if (!this.isUnread(change) && isSame(change[list], this.valuesOf(change))) {
				changesByKey.delete(key);
			}
		}
		if (changesByKey.size === 0) return;
		const others = (this.attribute.entities ?? []).filter(
			(assignment) => !changesByKey.has(this.keyOf(assignment)),
		);
		const sent = [
			...others.map((other) => entityValues(this.attribute, other, this.valuesOf(other))),
			...[...changesByKey.values()].map((change) =>
				entityValues(this.attribute, this.of(change) ?? change, change[list] ?? []),
			),
		];
		const updated = await patchAttribute(this.run, this.entityType, this.attribute, {
			entities: sent,
		});
		this.attribute = asSent(updated, sent, this.attribute.entities);
		this.index();
	}

	/** Says which of these values, if any, Samsara's last answer does not show. */
	unconfirmedError(expected: EntityValues[]): InvalidInputError | undefined {
		const { list } = valueTypeOf(this.attribute);
		const unconfirmed = expected.find((entity) => !isSame(entity[list], this.valuesOf(entity)));
		return (
			unconfirmed &&
			new InvalidInputError(
				`Samsara took the values of '${this.attribute.name}', but its answer does not show that of ${keyOf(unconfirmed)}`,
				'Look at the value in Samsara, or set it with the operation Set Attributes of the driver or asset.',
			)
		);
	}

	private index(): void {
		this.byKey = new Map(
			(this.attribute.entities ?? []).flatMap((assignment) => {
				const externalIds = Object.entries(assignment.externalIds ?? {});
				const keys = externalIds.map(([key, value]) => `${key}:${String(value)}`);
				return [assignment.entityId ?? '', ...keys].map((key) => [key, assignment] as const);
			}),
		);
		for (const [key, { entityId }] of this.byKey) if (entityId) this.ids.set(key, entityId);
	}
}

/**
 * What a change of the whole set led to: the answer where it tells, and what was sent where it does not.
 *
 * @param before for the names and IDs of entities that an answer leaves out
 */
function asSent(
	updated: AttributeWithEntities,
	sent: EntityValues[],
	before: AttributeAssignment[] = [],
): AttributeWithEntities {
	const { list } = valueTypeOf(updated);
	const names = ({ entityId, externalIds }: AttributeAssignment) => [
		...(entityId === undefined ? [] : [entityId]),
		...Object.entries(externalIds ?? {}).map(([key, value]) => `${key}:${String(value)}`),
	];
	const answered: AttributeAssignment[] = Array.isArray(updated.entities)
		? distinct(updated, updated.entities)
		: sent
				.filter((entity) => entity[list]?.length)
				.map((entity) => ({
					...before.find(({ entityId }) => entityId !== undefined && entityId === entity.entityId),
					...entity,
				}));
	const byName = new Map(sent.map((entity) => [keyOf(entity), entity]));
	const entities = answered.map((assignment) => {
		if (hasReadableValues(updated, assignment)) return assignment;
		const own = names(assignment).map((name) => byName.get(name)?.[list] ?? []);
		return withValues(
			updated,
			assignment,
			own.find(({ length }) => length > 0),
		);
	});
	return { ...updated, entities };
}

/** The same values, whatever their order. */
function isSame(one: Array<string | number> = [], other: Array<string | number> = []): boolean {
	return one.length === other.length && one.every((value) => other.includes(value));
}
