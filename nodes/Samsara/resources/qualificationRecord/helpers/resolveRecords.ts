import { idsOf, isExternalId, ownIdOf } from '../../../common/ids';
import { MAX_IDS } from '../../../api/chunkIds';
import { recordsById } from '../../../api/qualifications';
import type { QualificationRecord } from '../../../api/types';
import { InvalidInputError } from '../../../common/errors';
import { settle, succeeded } from '../../../common/settle';
import { Item } from '../../../execution/item';
import { lookUp } from '../../shared/lookUp';

/** Reads the record of every item, 100 in one request. An item whose record cannot be read gets the reason. */
export async function resolveRecords(items: Item[]): Promise<Array<QualificationRecord | Error>> {
	const ids = await readRecordIds(items);
	const found = await readRecordsByIds(items[0], succeeded(ids));
	return ids.map((id) => (id instanceof Error ? id : (found.get(id) ?? recordNotFoundError(id))));
}

/**
 * Reads records by Samsara ID or external ID. An ID that occurs several times is read once.
 *
 * @param item any item of the run
 * @returns by the IDs passed in: each record, or the reason why it could not be read
 */
export async function readRecordsByIds(
	item: Item,
	ids: string[],
): Promise<Map<string, QualificationRecord | Error>> {
	return await lookUp(item, ids, async (chunk) => {
		const { records, failures } = await recordsById(item.run, chunk);
		const recordsByAnyId = new Map(
			records.flatMap((record) => idsOf(record).map((id) => [normalizeId(id), record] as const)),
		);
		const found = new Map<string, QualificationRecord | Error>(failures);
		for (const id of chunk) {
			const record = recordsByAnyId.get(normalizeId(id));
			if (record) found.set(id, record);
		}
		return found;
	});
}

async function readRecordIds(items: Item[]): Promise<Array<string | Error>> {
	return await Promise.all(items.map(async (item) => await settle(() => readRecordId(item))));
}

/** The ID or external ID that an item names. @throws InvalidInputError */
export function readRecordId(item: Item): string {
	return item.id('recordId', 'Record');
}

/** Case does not matter in Samsara IDs, which are UUIDs. In external IDs, it may. */
function normalizeId(id: string): string {
	return isExternalId(id) ? id : id.toLowerCase();
}

/** @param id as the item names the record */
export function recordNotFoundError(id: string): InvalidInputError {
	return new InvalidInputError(
		`'Record' names '${id}', but no record has this ID`,
		'Check that the record belongs to this organization and was not deleted.',
	);
}

/**
 * Returns the Samsara ID of an item's record. An external ID is looked up, because it is not documented whether requests
 * that change a record accept one.
 *
 * @throws InvalidInputError if no record has the external ID
 */
export async function resolveRecordId(item: Item): Promise<string> {
	const id = readRecordId(item);
	return await ownIdOf(id, async () => await resolveRecord(item));
}

/**
 * Reads the record of one item together with those of its neighbors, so that 100 items take one request.
 *
 * @throws InvalidInputError if there is no such record
 */
export async function resolveRecord(item: Item): Promise<QualificationRecord> {
	const id = readRecordId(item);
	const first = item.index - (item.index % MAX_IDS);
	const records = await item.run.cache.itemRecords.get(
		String(first),
		async () => await readRecordsByIds(item, succeeded(await neighborIds(item, first))),
	);
	const found = records.get(id) ?? recordNotFoundError(id);
	if (found instanceof Error) throw found;
	return found;
}

/** An item without a valid ID reports its own error when it runs. */
async function neighborIds({ n8n, run }: Item, first: number): Promise<Array<string | Error>> {
	const neighbors = n8n.getInputData().slice(first, first + MAX_IDS);
	return await readRecordIds(neighbors.map((_, n) => new Item(n8n, first + n, run)));
}
