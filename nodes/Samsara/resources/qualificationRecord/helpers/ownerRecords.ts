import { MAX_IDS } from '../../../api/chunkIds';
import { getOwnerDirectory, type Owner } from '../../../api/owners';
import { findRecords } from '../../../api/qualifications';
import type { OwnerEntityType, QualificationRecord } from '../../../api/types';
import { toList } from '../../../common/coercion';
import { SamsaraApiError } from '../../../common/errors';
import { isExternalId } from '../../../common/ids';
import { settle, succeeded } from '../../../common/settle';
import type { Item } from '../../../execution/item';
import { filesOf } from '../../../fields/qualification/recordFields';
import { groupByRequest } from './groupByRequest';
import { readEntityType, unknownOwnerError } from './locators';
import { hintWithoutNames } from './recordRows';
import { typeIds } from './typeIds';

/** An owner, and the records that have files: of each type together, the oldest first. */
export interface OwnerRecords {
	owner: Owner;
	records: QualificationRecord[];
}

interface Request {
	entityType: OwnerEntityType;
	/** IDs or names; empty for all types. */
	types: string[];
	withArchived: boolean;
}

/** Finds the records with files of the driver or asset that each item names, those of all items with the same choices together. */
export async function ownerRecords(items: Item[]): Promise<Array<OwnerRecords | Error>> {
	const outputs = new Map<Item, OwnerRecords | Error>();
	const fail = (item: Item, failure: Error) => void outputs.set(item, failure);
	for (const { request, group } of await groupByRequest(items, readRequest, fail)) {
		const found = await settle(
			async () => await recordsOfOwners(items[0], request, group.map(readOwnerId)),
		);
		for (const item of group)
			outputs.set(item, found instanceof Error ? found : found(readOwnerId(item)));
	}
	return items.map((item) => outputs.get(item)!);
}

/** @throws InvalidInputError also if the item does not name an owner */
function readRequest(item: Item): Request {
	const request = {
		entityType: readEntityType(item),
		types: toList(item.value('qualificationTypes', [])),
		withArchived: item.collection('options').includeArchived === true,
	};
	readOwnerId(item);
	return request;
}

function readOwnerId(item: Item): string {
	return item.id('ownerId', 'Owner');
}

/** @returns a function that returns the records of one of the owners, or why they cannot be read */
async function recordsOfOwners(
	item: Item,
	{ entityType, types, withArchived }: Request,
	ids: string[],
): Promise<(id: string) => OwnerRecords | Error> {
	const owners = await findOwners(item, entityType, ids);
	const ownerIds = [...new Set(succeeded([...owners.values()]).map(({ id }) => id))];
	const records = new Map<string, QualificationRecord[]>(ownerIds.map((id) => [id, []]));
	const selection = {
		entityType,
		typeIds: await typeIds(item.run, entityType, types),
		// Samsara selects records by up to 100 owners. All records are fewer calls than many lists.
		ownerIds: ownerIds.length > MAX_IDS ? [] : ownerIds,
	};
	const keep = (record: QualificationRecord) =>
		records.has(record.owner.id) &&
		(record.recordStatus === 'active' || (withArchived && record.recordStatus === 'archived')) &&
		filesOf(record).length > 0;
	const found = ownerIds.length > 0 ? await findRecords(item.run, selection, { keep }) : [];
	for (const record of found.sort(byTypeAndDate)) records.get(record.owner.id)?.push(record);
	return (id) => {
		const owner = owners.get(id)!;
		return owner instanceof Error ? owner : { owner, records: records.get(owner.id) ?? [] };
	};
}

/** The same order in every run, so that files keep their names. */
function byTypeAndDate(a: QualificationRecord, b: QualificationRecord): number {
	const keys = [a, b].map(({ qualificationType: { name, id }, issueDate, ...record }) =>
		[name, id, issueDate, record.id].join('\n'),
	);
	return keys[0] < keys[1] ? -1 : 1;
}

/** A Samsara ID is enough if the token may not read drivers or assets; then there is no name. */
async function findOwners(
	item: Item,
	entityType: OwnerEntityType,
	ids: string[],
): Promise<Map<string, Owner | Error>> {
	const directory = await getOwnerDirectory(item.run, entityType);
	const failure = await settle(async () => await directory.readByIds(ids));
	const known = directory.known(ids);
	return new Map(
		ids.map((id): [string, Owner | Error] => {
			const owner = known.get(id);
			if (owner) return [id, owner];
			const status = failure instanceof SamsaraApiError ? failure.status : undefined;
			if (!(failure instanceof Error) || status === 404)
				return [id, unknownOwnerError('Owner', id, entityType)];
			if (status !== 403 || isExternalId(id)) return [id, failure];
			hintWithoutNames(item, failure, entityType);
			return [id, { entityType, id, name: '', externalIds: {} }];
		}),
	);
}
