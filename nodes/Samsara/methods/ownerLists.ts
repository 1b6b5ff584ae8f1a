import { collect, PAGE_SIZE } from '../api/pagination';
import type { Query } from '../api/path';
import { recentList } from '../api/recentLists';
import type { RunContext } from '../api/runContext';
import type { Asset, Driver, OwnerEntityType } from '../api/types';
import { normalize } from '../common/coercion';
import { ASSET_QUERY, assetEntry } from './assets';
import { driverEntry } from './drivers';
import type { Entry } from './search';

/** A driver or asset that records can belong to. */
export interface ListedOwner {
	id: string;
	name: string;
	/** The name, followed by what tells namesakes apart if there are any. */
	label: string;
	/** What a search covers, normalized. */
	text: string;
}

/** Truck 9 before Truck 10. Created when it is needed, because it loads language data, which would delay n8n's start. */
let collator: Intl.Collator | undefined;

/** The order of owners: by name, and namesakes by ID. */
export function compareOwners(a: Pick<ListedOwner, 'id' | 'name'>, b: typeof a): number {
	collator ??= new Intl.Collator('en', { numeric: true });
	return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Drivers or assets in the order of their names, as they were within the last minute.
 *
 * @param withDeactivated whether to include deactivated drivers
 * @throws SamsaraApiError if they cannot all be read
 */
export async function listOwners(
	run: RunContext,
	entityType: OwnerEntityType,
	withDeactivated: boolean,
): Promise<ListedOwner[]> {
	const owners = new Map<string, ListedOwner>();
	const nameCounts = new Map<string, number>();
	for (const owner of await readOwners(run, entityType, withDeactivated)) {
		if (owners.has(owner.id)) continue;
		owners.set(owner.id, owner);
		const name = normalize(owner.name);
		nameCounts.set(name, (nameCounts.get(name) ?? 0) + 1);
	}
	return [...owners.values()]
		.map((owner) =>
			nameCounts.get(normalize(owner.name)) === 1 ? { ...owner, label: owner.name } : owner,
		)
		.sort(compareOwners);
}

async function readOwners(
	run: RunContext,
	entityType: OwnerEntityType,
	withDeactivated: boolean,
): Promise<ListedOwner[]> {
	if (entityType === 'asset') return await recentOwners(run, '/assets', ASSET_QUERY, assetEntry);
	const queries = [
		{ limit: PAGE_SIZE },
		{ limit: PAGE_SIZE, driverActivationStatus: 'deactivated' },
	];
	const lists = queries
		.slice(0, withDeactivated ? 2 : 1)
		.map(async (query) => await recentOwners<Driver>(run, '/fleet/drivers', query, driverEntry));
	return (await Promise.all(lists)).flat();
}

async function recentOwners<T extends Driver | Asset>(
	run: RunContext,
	path: string,
	query: Query,
	toEntry: (row: T) => Entry,
): Promise<ListedOwner[]> {
	return await recentList(run, `${path} ${JSON.stringify(query)}`, async () =>
		(await collect<T>(run.client, path, query)).map((row) => {
			const { name, value, keywords = [], label = name } = toEntry(row);
			const id = String(value);
			const text = normalize([name, id, ...keywords].join('\n'));
			return { id, name: row.name || name, label, text };
		}),
	);
}
