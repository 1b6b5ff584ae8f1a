import type { SamsaraClient } from '../../api/client';
import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../api/types';
import { kindOf } from '../../fields/attributeKind';
import { Refusal } from '../../refusal';
import { distinct, isTold, withValues } from '../shared/readHolders';
import { patchAttribute } from './definitions';
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

	/** @param attribute as `withHeldValues` gives it */
	constructor(
		private readonly samsara: SamsaraClient,
		private readonly entityType: AttributeEntityType,
		private attribute: AttributeWithEntities,
	) {
		this.index();
	}

	/** The attribute as Samsara answered last. */
	get now(): AttributeWithEntities {
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
		return this.of(entity)?.[kindOf(this.attribute).list] ?? [];
	}

	/** Whether the values of an entity are not known although it has the attribute. */
	isUnread(entity: EntityReference): boolean {
		const held = this.of(entity);
		return held !== undefined && !isTold(this.attribute, held);
	}

	/** Whether the whole set can be sent: it is known who has the attribute, and with what, these entities aside. */
	canWrite(entities: EntityReference[]): boolean {
		const named = new Set(entities.map((entity) => this.keyOf(entity)));
		return (
			Array.isArray(this.attribute.entities) &&
			this.attribute.entities.every(
				(held) => named.has(this.keyOf(held)) || isTold(this.attribute, held),
			)
		);
	}

	/**
	 * Writes values of entities in one call; of two changes to one entity the later counts. No call is made where
	 * nothing would change. Call it only where `canWrite`.
	 */
	async write(changes: EntityValues[]): Promise<void> {
		const { list } = kindOf(this.attribute);
		const wanted = new Map(changes.map((change) => [this.keyOf(change), change]));
		for (const [key, change] of wanted) {
			if (!this.isUnread(change) && isSame(change[list], this.valuesOf(change))) {
				wanted.delete(key);
			}
		}
		if (wanted.size === 0) return;
		const others = (this.attribute.entities ?? []).filter((held) => !wanted.has(this.keyOf(held)));
		const sent = [
			...others.map((other) => entityValues(this.attribute, other, this.valuesOf(other))),
			...[...wanted.values()].map((change) =>
				entityValues(this.attribute, this.of(change) ?? change, change[list] ?? []),
			),
		];
		const answer = await patchAttribute(this.samsara, this.entityType, this.attribute, {
			entities: sent,
		});
		this.attribute = asSent(answer, sent, this.attribute.entities);
		this.index();
	}

	/** Says which of these values, if any, Samsara's last answer does not show. */
	unconfirmed(wanted: EntityValues[]): Refusal | undefined {
		const { list } = kindOf(this.attribute);
		const wrong = wanted.find((entity) => !isSame(entity[list], this.valuesOf(entity)));
		return (
			wrong &&
			new Refusal(
				`Samsara took the values of '${this.attribute.name}', but its answer does not show that of ${keyOf(wrong)}`,
				'Look at the value in Samsara, or set it with the operation Set Attributes of the driver or asset.',
			)
		);
	}

	private index(): void {
		this.byKey = new Map(
			(this.attribute.entities ?? []).flatMap((held) => {
				const externalIds = Object.entries(held.externalIds ?? {});
				const keys = externalIds.map(([key, value]) => `${key}:${String(value)}`);
				return [held.entityId ?? '', ...keys].map((key) => [key, held] as const);
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
	answer: AttributeWithEntities,
	sent: EntityValues[],
	before: AttributeAssignment[] = [],
): AttributeWithEntities {
	const { list } = kindOf(answer);
	const names = ({ entityId, externalIds }: AttributeAssignment) => [
		...(entityId === undefined ? [] : [entityId]),
		...Object.entries(externalIds ?? {}).map(([key, value]) => `${key}:${String(value)}`),
	];
	const answered: AttributeAssignment[] = Array.isArray(answer.entities)
		? distinct(answer, answer.entities)
		: sent
				.filter((entity) => entity[list]?.length)
				.map((entity) => ({
					...before.find(({ entityId }) => entityId !== undefined && entityId === entity.entityId),
					...entity,
				}));
	const byName = new Map(sent.map((entity) => [keyOf(entity), entity]));
	const entities = answered.map((held) => {
		if (isTold(answer, held)) return held;
		const own = names(held).map((name) => byName.get(name)?.[list] ?? []);
		return withValues(
			answer,
			held,
			own.find(({ length }) => length > 0),
		);
	});
	return { ...answer, entities };
}

/** The same values, whatever their order. */
function isSame(one: Array<string | number> = [], other: Array<string | number> = []): boolean {
	return one.length === other.length && one.every((value) => other.includes(value));
}
