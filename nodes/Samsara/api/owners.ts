import { SamsaraApiError, toError } from '../common/errors';
import { normalize } from '../common/coercion';
import type { RunContext } from './runContext';
import { idsOf } from '../common/ids';
import { settle } from '../common/settle';
import { chunkIds, MAX_IDS } from './chunkIds';
import { PAGE_SIZE, paginate } from './pagination';
import { path, type Query } from './path';
import type { Asset, Data, Driver, OwnerEntityType } from './types';

/** The properties of a driver or asset that records and reminders need. */
export interface Owner {
	entityType: OwnerEntityType;
	id: string;
	name: string;
	externalIds: Record<string, string>;
	phone?: string;
	email?: string;
}

/** What an operation needs of owners beyond `Owner`. */
export interface OwnerReading {
	query?: Query;
	/** Called for every owner that is read. */
	onRead?: (entity: Driver | Asset) => void;
}

/**
 * Owners that match a query, page by page: drivers (active ones unless the query says otherwise), or vehicles, trailers,
 * equipment, and other assets.
 */
export async function* ownerPages(
	run: RunContext,
	entityType: OwnerEntityType,
	{ query, onRead = () => {} }: OwnerReading = {},
): AsyncGenerator<Owner[]> {
	const [path, ownQuery] =
		entityType === 'worker'
			? ['/fleet/drivers', { limit: PAGE_SIZE }]
			: ['/assets', { includeExternalIds: true }];
	for await (const page of paginate<Driver | Asset>(run.client, path, { ...ownQuery, ...query })) {
		page.forEach(onRead);
		yield page.map((entity) => toOwner(entityType, entity));
	}
}

/** Reads an owner, or up to 100 assets, by Samsara ID or external ID. There is no such call for several drivers. */
export async function readOwners(
	run: RunContext,
	entityType: OwnerEntityType,
	ids: string[],
): Promise<Owner[]> {
	const response =
		entityType === 'worker'
			? await run.client.get<Data<Driver>>(path`/fleet/drivers/${ids[0]}`)
			: await run.client.get<Data<Asset[]>>('/assets', { ids, includeExternalIds: true });
	return [response.data].flat().map((entity) => toOwner(entityType, entity));
}

/** Up to so many owners are read by ID, more of them page by page. A page has 512 drivers or 300 assets. */
const MAX_READ_BY_ID = { worker: 10, asset: MAX_IDS };

/**
 * Every possible owner of records, read page by page and only as far as needed: active drivers first, then deactivated
 * ones. There is one directory per entity type and run, see `getOwnerDirectory`.
 */
export class OwnerDirectory {
	private readonly ownersById = new Map<string, Owner>();

	private readonly pages: AsyncGenerator<Owner[]>;

	private isComplete = false;

	private failure?: Error;

	private queue: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly run: RunContext,
		private readonly entityType: OwnerEntityType,
		reading?: OwnerReading,
	) {
		this.pages = allOwners(run, entityType, reading);
	}

	/**
	 * Owners by the requested Samsara ID or external ID (`key:value`); those not found are absent.
	 *
	 * @param isTimeUp checked before each page; true ends the reading
	 * @throws SamsaraApiError if the lists cannot be read, on every call that needs them
	 */
	async find(ids: Iterable<string>, isTimeUp = () => false): Promise<Map<string, Owner>> {
		const requestedIds = new Set(ids);
		this.queue = this.queue.then(async () => await this.readUntilFound(requestedIds, isTimeUp));
		await this.queue;
		if (this.failure && [...requestedIds].some((id) => !this.ownersById.has(id)))
			throw this.failure;
		return this.known(requestedIds);
	}

	/**
	 * Reads the owners with these IDs, a few of them without the pages before them.
	 *
	 * @param isTimeUp checked before each page; true ends the reading
	 * @throws SamsaraApiError if one of them cannot be read; the others are known then
	 */
	async readByIds(ids: string[], isTimeUp?: () => boolean): Promise<void> {
		const missing = [...new Set(ids)].filter((id) => !this.ownersById.has(id));
		if (missing.length > MAX_READ_BY_ID[this.entityType]) await this.find(missing, isTimeUp);
		else {
			const chunks = this.entityType === 'worker' ? missing.map((id) => [id]) : chunkIds(missing);
			const outcomes = await Promise.all(
				chunks.map(
					async (chunk) =>
						await settle(async () => this.add(await readOwners(this.run, this.entityType, chunk))),
				),
			);
			const failures = outcomes.filter((outcome) => outcome instanceof Error);
			// A 404 says something about one owner only; after any other failure, it is not known who exists.
			const [failure] = [...failures.filter((error) => !isNotFound(error)), ...failures];
			if (failure) throw failure;
		}
	}

	/** Those of the owners that have been read. */
	known(ids: Iterable<string>): Map<string, Owner> {
		const found = new Map<string, Owner>();
		for (const id of ids) {
			const owner = this.ownersById.get(id);
			if (owner) found.set(id, owner);
		}
		return found;
	}

	add(owners: Owner[]): void {
		for (const owner of owners) for (const id of idsOf(owner)) this.ownersById.set(id, owner);
	}

	private async readUntilFound(requestedIds: Set<string>, isTimeUp: () => boolean): Promise<void> {
		const missing = new Set([...requestedIds].filter((id) => !this.ownersById.has(id)));
		while (missing.size > 0 && !this.isComplete && !isTimeUp()) {
			try {
				const { value, done } = await this.pages.next();
				this.isComplete = done === true;
				const owners = (value ?? []) as Owner[];
				this.add(owners);
				for (const id of owners.flatMap(idsOf)) missing.delete(id);
			} catch (error) {
				this.isComplete = true;
				this.failure = toError(error);
			}
		}
	}
}

function isNotFound(error: Error): boolean {
	return error instanceof SamsaraApiError && error.status === 404;
}

/** The directory of this run or, for a different way to read owners, a new one. */
export async function getOwnerDirectory(
	run: RunContext,
	entityType: OwnerEntityType,
	reading?: OwnerReading,
): Promise<OwnerDirectory> {
	if (reading?.onRead) return new OwnerDirectory(run, entityType, reading);
	return await run.cache.ownerDirectories.get(
		entityType,
		async () => new OwnerDirectory(run, entityType),
	);
}

/**
 * The owners that each text refers to: by ID or external ID, ignoring case, or else by name, which several may share.
 *
 * @returns the owners by text; an empty list if there are none
 */
export async function ownersNamed(
	run: RunContext,
	entityTypes: OwnerEntityType[],
	texts: string[],
): Promise<Map<string, Owner[]>> {
	const byId = new Map<string, Map<string, Owner>>();
	const byName = new Map<string, Map<string, Owner>>();
	const add = (index: Map<string, Map<string, Owner>>, text: string, owner: Owner) => {
		const key = normalize(text);
		index.set(key, (index.get(key) ?? new Map<string, Owner>()).set(owner.id, owner));
	};
	for (const entityType of entityTypes) {
		for await (const page of allOwners(run, entityType)) {
			for (const owner of page) {
				for (const id of idsOf(owner)) add(byId, id, owner);
				add(byName, owner.name, owner);
			}
		}
	}
	return new Map(
		texts.map((text) => {
			const key = normalize(text);
			return [text, [...(byId.get(key) ?? byName.get(key) ?? new Map<string, Owner>()).values()]];
		}),
	);
}

/** Owners like `ownerPages`, but also deactivated drivers. */
export async function* allOwners(
	run: RunContext,
	entityType: OwnerEntityType,
	{ query, onRead }: OwnerReading = {},
): AsyncGenerator<Owner[]> {
	yield* ownerPages(run, entityType, { query, onRead });
	if (entityType === 'worker') {
		const deactivated = { ...query, driverActivationStatus: 'deactivated' };
		yield* ownerPages(run, entityType, { query: deactivated, onRead });
	}
}

function toOwner(entityType: OwnerEntityType, entity: Driver | Asset): Owner {
	const { phone, email, externalIds = {} } = entity as Driver;
	return {
		entityType,
		id: String(entity.id),
		name: entity.name ?? '',
		externalIds: externalIds as Record<string, string>,
		phone,
		email,
	};
}
