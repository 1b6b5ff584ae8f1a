import { randomUUID } from 'node:crypto';

import { invalid } from './errors.mts';
import { compareTimes } from './times.mts';
import type {
	Asset,
	AssetType,
	Attribute,
	AttributeEntityType,
	Driver,
	Entity,
	ExternalIds,
	OwnerEntityType,
	QualificationRecord,
	QualificationType,
	Tag,
} from './types.mts';

type Holder = Pick<Entity, 'id' | 'externalIds'>;

const MAX_SCANNED = 2000;

/**
 * Everything the simulated organisation holds, as maps by id. Tests may read and change it in
 * place. After writing `externalIds` of a record in a state of more than 2000 records, call
 * `reindex()`; everything else is found without it.
 */
export class State {
	readonly organization = { id: '20936', name: 'Cascade Freight Lines' };

	readonly drivers = new Map<string, Driver>();

	readonly vehicles = new Map<string, Asset>();

	readonly trailers = new Map<string, Asset>();

	readonly equipment = new Map<string, Asset>();

	readonly otherAssets = new Map<string, Asset>();

	readonly tags = new Map<string, Tag>();

	readonly attributes = new Map<string, Attribute>();

	readonly qualificationTypes = new Map<string, QualificationType>();

	readonly records = new Map<string, QualificationRecord>();

	private readonly externalIndex = new Map<string, Holder>();

	private lastSequence = 0;

	private lastEntityId = 281474977075804n;

	/** A fresh uuid, as attributes, values and qualification records have. */
	newUuid(): string {
		return randomUUID();
	}

	/** The next decimal entity id, e.g. `281474977075805`. */
	newEntityId(): string {
		this.lastEntityId += 1n;
		return this.lastEntityId.toString();
	}

	/** The map that holds assets of a type. */
	assetsOf(type: AssetType): Map<string, Asset> {
		if (type === 'vehicle') return this.vehicles;
		if (type === 'trailer') return this.trailers;
		if (type === 'equipment') return this.equipment;
		return this.otherAssets;
	}

	/** Vehicles, trailers, equipment and other assets, in this order. */
	allAssets(): Asset[] {
		return [this.vehicles, this.trailers, this.equipment, this.otherAssets].flatMap((assets) => [
			...assets.values(),
		]);
	}

	/** The entities that an attribute of this entity type can be assigned to. */
	entitiesOf(entityType: AttributeEntityType): Entity[] {
		return entityType === 'driver' ? [...this.drivers.values()] : this.allAssets();
	}

	/** An entity by its Samsara id. */
	entity(entityType: AttributeEntityType, id: string): Entity | undefined {
		if (entityType === 'driver') return this.drivers.get(id);
		return (
			this.vehicles.get(id) ??
			this.trailers.get(id) ??
			this.equipment.get(id) ??
			this.otherAssets.get(id)
		);
	}

	/** The owner of a qualification record; `worker` means drivers here. */
	owner(entityType: OwnerEntityType, id: string): Entity | undefined {
		return this.entity(entityType === 'worker' ? 'driver' : 'asset', id);
	}

	/** The attribute with this exact name; names are unique per entity type. */
	attributeNamed(entityType: AttributeEntityType, name: string): Attribute | undefined {
		for (const attribute of this.attributes.values()) {
			if (attribute.entityType === entityType && attribute.name === name) return attribute;
		}
		return undefined;
	}

	/**
	 * Whatever holds the external id `key:value`: a driver, an asset or a qualification record that
	 * is not deleted. A soft-deleted record gives its external ids free (a decision of this
	 * simulator; the vendor does not say).
	 */
	holder(key: string, value: string): Holder | undefined {
		const existing = this.externalIndex.get(`${key}:${value}`);
		if (existing !== undefined && this.holds(existing, key, value)) return existing;
		const few = this.records.size <= MAX_SCANNED ? [...this.records.values()] : [];
		return [...this.drivers.values(), ...this.allAssets(), ...few].find((candidate) =>
			this.holds(candidate, key, value),
		);
	}

	/** Takes over external ids that were written into the state directly. */
	reindex(): void {
		this.externalIndex.clear();
		for (const holder of [
			...this.drivers.values(),
			...this.allAssets(),
			...this.records.values(),
		]) {
			this.index(holder);
		}
	}

	/** Notes the external ids that an object has. */
	index(holder: Holder): void {
		for (const key in holder.externalIds) {
			this.externalIndex.set(`${key}:${holder.externalIds[key]}`, holder);
		}
	}

	/**
	 * The external ids after `changes`: keys that are not named stay, an empty string or null
	 * removes. Changes nothing yet.
	 * @throws ApiError 400 for a reserved or malformed key, or a value that another object has
	 *   (the docs give uniqueness "per key across all entity classes", but no code)
	 */
	mergedExternalIds(
		holder: Holder | undefined,
		changes: Record<string, string | null>,
	): ExternalIds {
		const merged: ExternalIds = { ...holder?.externalIds };
		for (const [key, value] of Object.entries(changes)) {
			if (key.startsWith('samsara.')) {
				throw invalid(`externalIds: the key "${key}" is set by Samsara and cannot be changed`);
			}
			if (!/^[^\s:]+$/.test(key)) throw invalid(`externalIds: invalid key "${key}"`);
			if (value === null || value === '') {
				delete merged[key];
				continue;
			}
			this.requireFree(holder, key, value);
			merged[key] = value;
		}
		return merged;
	}

	/** @throws ApiError 400 when another object has this external id */
	requireFree(holder: Holder | undefined, key: string, value: string): void {
		const other = this.holder(key, value);
		if (other !== undefined && other.id !== holder?.id) {
			throw invalid(`externalIds: "${key}:${value}" is already used by another object`);
		}
	}

	/**
	 * Notes that a record changed now: sets `updatedAtTime` and its place at the end of the stream.
	 */
	change(record: QualificationRecord, now: Date): void {
		record.updatedAtTime = now.toISOString();
		this.lastSequence += 1;
		record.sequence = this.lastSequence;
		// Kept near the order of the stream, so that sorting it stays cheap with 100,000 records.
		this.records.delete(record.id);
		this.records.set(record.id, record);
	}

	/** All records in the order in which they were last changed. */
	recordsByChange(): QualificationRecord[] {
		return [...this.records.values()].sort(
			(left, right) =>
				compareTimes(left.updatedAtTime, right.updatedAtTime) || left.sequence - right.sequence,
		);
	}

	private holds(holder: Holder, key: string, value: string): boolean {
		const record = this.records.get(holder.id);
		if (record !== undefined) {
			return record.externalIds[key] === value && record.recordStatus !== 'deleted';
		}
		const entity = this.entity('driver', holder.id) ?? this.entity('asset', holder.id);
		return entity?.externalIds[key] === value;
	}
}
