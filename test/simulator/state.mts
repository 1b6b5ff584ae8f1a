import { randomUUID } from 'node:crypto';

import { invalid } from './errors.mts';
import type { Settings } from './settings.mts';
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

type WithExternalIds = Pick<Entity, 'id' | 'externalIds'>;

const MAX_SCANNED_RECORDS = 2000;

/**
 * The data of the simulated organization, in maps by ID. Tests can read and change it. If you write `externalIds` of a record
 * directly and there are more than 2000 records, call `reindex()`.
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

	private readonly externalIndex = new Map<string, WithExternalIds>();

	private lastSequence = 0;

	private lastEntityId = 281474977075804n;

	/** A new UUID for an attribute, value or qualification record. */
	newUuid(): string {
		return randomUUID();
	}

	/** A new decimal ID for an entity, e.g. `281474977075805`. */
	newEntityId(): string {
		this.lastEntityId += 1n;
		return this.lastEntityId.toString();
	}

	/** The map of the assets of a type. */
	assetsOf(type: AssetType): Map<string, Asset> {
		if (type === 'vehicle') return this.vehicles;
		if (type === 'trailer') return this.trailers;
		if (type === 'equipment') return this.equipment;
		return this.otherAssets;
	}

	/** All assets: vehicles, trailers, equipment and other assets, in this order. */
	allAssets(): Asset[] {
		return [this.vehicles, this.trailers, this.equipment, this.otherAssets].flatMap((assets) => [
			...assets.values(),
		]);
	}

	/** The entities that can have attributes of this entity type. */
	entitiesOf(entityType: AttributeEntityType): Entity[] {
		return entityType === 'driver' ? [...this.drivers.values()] : this.allAssets();
	}

	/** Finds an entity by its Samsara ID. */
	entity(entityType: AttributeEntityType, id: string): Entity | undefined {
		if (entityType === 'driver') return this.drivers.get(id);
		return (
			this.vehicles.get(id) ??
			this.trailers.get(id) ??
			this.equipment.get(id) ??
			this.otherAssets.get(id)
		);
	}

	/** Finds the owner of a qualification record; a `worker` is a driver. */
	owner(entityType: OwnerEntityType, id: string): Entity | undefined {
		return this.entity(entityType === 'worker' ? 'driver' : 'asset', id);
	}

	/** Finds an attribute by its exact name, which is unique per entity type. */
	attributeNamed(entityType: AttributeEntityType, name: string): Attribute | undefined {
		for (const attribute of this.attributes.values()) {
			if (attribute.entityType === entityType && attribute.name === name) return attribute;
		}
		return undefined;
	}

	/**
	 * Finds the driver, asset or qualification record with the external ID `key:value`. A soft-deleted record is not found, and
	 * its external IDs can be used again. This is an assumption, since the vendor does not document it.
	 */
	findByExternalId(key: string, value: string): WithExternalIds | undefined {
		const existing = this.externalIndex.get(`${key}:${value}`);
		if (existing !== undefined && this.hasExternalId(existing, key, value)) return existing;
		const records = this.records.size <= MAX_SCANNED_RECORDS ? [...this.records.values()] : [];
		return [...this.drivers.values(), ...this.allAssets(), ...records].find((candidate) =>
			this.hasExternalId(candidate, key, value),
		);
	}

	/** The Samsara ID for a Samsara ID or an external ID `key:value`, or undefined if no object has this external ID. */
	resolveId(id: string): string | undefined {
		const colon = id.indexOf(':');
		return colon > 0 ? this.findByExternalId(id.slice(0, colon), id.slice(colon + 1))?.id : id;
	}

	/** Rebuilds the index of external IDs after direct changes to the state. */
	reindex(): void {
		this.externalIndex.clear();
		for (const owner of [...this.drivers.values(), ...this.allAssets(), ...this.records.values()]) {
			this.index(owner);
		}
	}

	/** Adds the external IDs of an object to the index. */
	index(owner: WithExternalIds): void {
		for (const key in owner.externalIds) {
			this.externalIndex.set(`${key}:${owner.externalIds[key]}`, owner);
		}
	}

	/**
	 * The external IDs after `changes`, without changing the object. Keys that are not listed stay, and an empty string or null
	 * removes a key, unless `removal` says otherwise.
	 * @throws ApiError 400 for a reserved or invalid key, or a value that another object has. The documentation demands
	 *   uniqueness "per key across all entity classes", but does not say how a violation is reported.
	 */
	mergedExternalIds(
		owner: WithExternalIds | undefined,
		changes: Record<string, string | null>,
		removal: Settings['externalIdRemoval'] = 'any',
	): ExternalIds {
		const existing = Object.entries(owner?.externalIds ?? {});
		const merged: ExternalIds = Object.fromEntries(
			existing.filter(([key]) => removal !== 'omission' || key.startsWith('samsara.')),
		);
		for (const [key, value] of Object.entries(changes)) {
			if (key.startsWith('samsara.')) {
				throw invalid(`externalIds: the key "${key}" is set by Samsara and cannot be changed`);
			}
			if (!/^[^\s:]+$/.test(key)) throw invalid(`externalIds: invalid key "${key}"`);
			if (value === null || value === '') {
				const removing = value === null ? ['any', 'null', 'literal'] : ['any', 'empty'];
				if (removing.includes(removal)) delete merged[key];
				else if (value === '' && removal === 'literal') merged[key] = value;
				else if (removal !== 'never') throw invalid(`externalIds: invalid value of "${key}"`);
				continue;
			}
			this.requireFree(owner, key, value);
			merged[key] = value;
		}
		return merged;
	}

	/** @throws ApiError 400 if another object has this external ID */
	requireFree(owner: WithExternalIds | undefined, key: string, value: string): void {
		const other = this.findByExternalId(key, value);
		if (other !== undefined && other.id !== owner?.id) {
			throw invalid(`externalIds: "${key}:${value}" is already used by another object`);
		}
	}

	/**
	 * Records a change of a record: sets `updatedAtTime` and moves the record to the end of the stream.
	 */
	change(record: QualificationRecord, now: Date): void {
		record.updatedAtTime = now.toISOString();
		this.lastSequence += 1;
		record.sequence = this.lastSequence;
		// Keeping the map almost in stream order makes sorting cheap with 100,000 records.
		this.records.delete(record.id);
		this.records.set(record.id, record);
	}

	/** All records in the order of their last change. */
	recordsByChange(): QualificationRecord[] {
		return [...this.records.values()].sort(
			(left, right) =>
				compareTimes(left.updatedAtTime, right.updatedAtTime) || left.sequence - right.sequence,
		);
	}

	private hasExternalId(owner: WithExternalIds, key: string, value: string): boolean {
		const record = this.records.get(owner.id);
		if (record !== undefined) {
			return record.externalIds[key] === value && record.recordStatus !== 'deleted';
		}
		const entity = this.entity('driver', owner.id) ?? this.entity('asset', owner.id);
		return entity?.externalIds[key] === value;
	}
}
