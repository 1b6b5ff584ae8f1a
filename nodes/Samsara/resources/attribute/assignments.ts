import type { SamsaraClient } from '../../api/client';
import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../api/types';
import { kindOf } from '../../fields/attributeKind';
import { Refusal } from '../../refusal';
import { patchAttribute } from './definitions';
import { entityValues, keyOf, type EntityReference, type EntityValues } from './entities';

/**
 * The entities that hold an attribute, and the way to change them. Samsara does not say whether `entities` is merged
 * into what is there or replaces it, so the whole set is sent: the others as they are, and those that lose the
 * attribute with an empty list.
 */
export class Assignments {
	private byKey = new Map<string, AttributeAssignment>();

	/** @param attribute as it was read, with its entities */
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
		return this.of(entity)?.entityId ?? keyOf(entity);
	}

	/** The values of an entity; none where it does not hold the attribute. */
	valuesOf(entity: EntityReference): Array<string | number> {
		return this.of(entity)?.[kindOf(this.attribute).list] ?? [];
	}

	/**
	 * Writes values of entities in one call; of two changes to one entity the later counts. No call is made where
	 * nothing would change.
	 */
	async write(changes: EntityValues[]): Promise<void> {
		const { list } = kindOf(this.attribute);
		const wanted = new Map(changes.map((change) => [this.keyOf(change), change]));
		for (const [key, change] of wanted) {
			if (isSame(change[list], this.valuesOf(change))) wanted.delete(key);
		}
		if (wanted.size === 0) return;
		const others = (this.attribute.entities ?? []).filter(
			({ entityId }) => !wanted.has(entityId ?? ''),
		);
		const changed = [...wanted.values()];
		const answer = await patchAttribute(this.samsara, this.entityType, this.attribute, {
			entities: [
				...others.map((other) => entityValues(this.attribute, other, other[list] ?? [])),
				...changed.map((change) =>
					entityValues(this.attribute, this.of(change) ?? change, change[list] ?? []),
				),
			],
		});
		this.attribute = answer;
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
	}
}

/** The same values, whatever their order. */
function isSame(one: Array<string | number> = [], other: Array<string | number> = []): boolean {
	return one.length === other.length && one.every((value) => other.includes(value));
}
