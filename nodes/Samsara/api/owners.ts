import { asError } from '../asError';
import type { SamsaraClient } from './client';
import { idsOf } from './ids';
import { PAGE_SIZE, pages } from './pages';
import type { Query } from './path';
import type { Asset, Driver, OwnerEntityType } from './types';

/** A driver or an asset, as far as records and reminders need it. */
export interface Owner {
	id: string;
	name: string;
	externalIds: Record<string, string>;
	phone?: string;
	email?: string;
}

/**
 * Owners that pass a filter of their list, page by page: drivers (active ones unless the query says otherwise), or
 * vehicles, trailers, equipment and other assets.
 */
export async function* ownerPages(
	samsara: SamsaraClient,
	entityType: OwnerEntityType,
	query: Query = {},
): AsyncGenerator<Owner[]> {
	if (entityType === 'worker') {
		const all = { limit: PAGE_SIZE, ...query };
		for await (const page of pages<Driver>(samsara, '/fleet/drivers', all)) yield page.map(toOwner);
	} else {
		const all = { includeExternalIds: true, ...query };
		for await (const page of pages<Asset>(samsara, '/assets', all)) yield page.map(toOwner);
	}
}

/**
 * Everybody whom records may belong to, read by the page and only as far as needed: active drivers, then deactivated
 * ones. One an entity type and run, see `ownersOf`.
 */
class OwnerDirectory {
	private readonly known = new Map<string, Owner>();

	private readonly unread: AsyncGenerator<Owner[]>;

	private ended = false;

	private failure?: Error;

	private turn: Promise<unknown> = Promise.resolve();

	constructor(samsara: SamsaraClient, entityType: OwnerEntityType) {
		this.unread = everybody(samsara, entityType);
	}

	/**
	 * Owners by Samsara ID or external ID (`key:value`), under the ID they were asked for; unknown ones are absent.
	 *
	 * @throws SamsaraFailure when the lists cannot be read, each time it is asked again
	 */
	async find(ids: Iterable<string>): Promise<Map<string, Owner>> {
		const wanted = new Set(ids);
		this.turn = this.turn.then(async () => await this.readUntilKnown(wanted));
		await this.turn;
		if (this.failure && [...wanted].some((id) => !this.known.has(id))) throw this.failure;
		const found = new Map<string, Owner>();
		for (const id of wanted) {
			const owner = this.known.get(id);
			if (owner) found.set(id, owner);
		}
		return found;
	}

	private async readUntilKnown(wanted: Set<string>): Promise<void> {
		const missing = new Set([...wanted].filter((id) => !this.known.has(id)));
		while (missing.size > 0 && !this.ended) {
			try {
				const { value, done } = await this.unread.next();
				this.ended = done === true;
				for (const owner of (value ?? []) as Owner[]) {
					for (const id of idsOf(owner)) {
						this.known.set(id, owner);
						missing.delete(id);
					}
				}
			} catch (error) {
				this.ended = true;
				this.failure = asError(error);
			}
		}
	}
}

/** The directory of this run. */
export async function ownersOf(
	samsara: SamsaraClient,
	entityType: OwnerEntityType,
): Promise<OwnerDirectory> {
	return await samsara.once(
		`owners ${entityType}`,
		async () => new OwnerDirectory(samsara, entityType),
	);
}

/**
 * The owners that texts stand for: an ID or external ID in any case, else a name, which several may have.
 *
 * @returns the owners of each text; none where there is no such owner
 */
export async function ownersNamed(
	samsara: SamsaraClient,
	entityTypes: OwnerEntityType[],
	texts: string[],
): Promise<Map<string, Owner[]>> {
	const byId = new Map<string, Map<string, Owner>>();
	const byName = new Map<string, Map<string, Owner>>();
	const add = (index: Map<string, Map<string, Owner>>, text: string, owner: Owner) => {
		const key = text.trim().toLowerCase();
		index.set(key, (index.get(key) ?? new Map<string, Owner>()).set(owner.id, owner));
	};
	for (const entityType of entityTypes) {
		for await (const page of everybody(samsara, entityType)) {
			for (const owner of page) {
				for (const id of idsOf(owner)) add(byId, id, owner);
				add(byName, owner.name, owner);
			}
		}
	}
	return new Map(
		texts.map((text) => {
			const key = text.trim().toLowerCase();
			return [text, [...(byId.get(key) ?? byName.get(key) ?? new Map<string, Owner>()).values()]];
		}),
	);
}

async function* everybody(
	samsara: SamsaraClient,
	entityType: OwnerEntityType,
): AsyncGenerator<Owner[]> {
	yield* ownerPages(samsara, entityType);
	if (entityType === 'worker') {
		yield* ownerPages(samsara, entityType, { driverActivationStatus: 'deactivated' });
	}
}

function toOwner(entity: Driver | Asset): Owner {
	const { phone, email, externalIds = {} } = entity as Driver;
	return {
		id: String(entity.id),
		name: entity.name ?? '',
		externalIds: externalIds as Record<string, string>,
		phone,
		email,
	};
}
