import { idsOf } from '../../../api/ids';
import { MAX_IDS } from '../../../api/chunkIds';
import { recordsById } from '../../../api/qualifications';
import type { QualificationRecord } from '../../../api/types';
import { InvalidInputError } from '../../../common/errors';
import { settle, succeeded } from '../../../common/settle';
import { Item } from '../../../execution/item';
import { lookUp } from '../../shared/lookUp';

/** The record that each item names, or why there is none, in as few calls as Samsara takes: 100 IDs a call. */
export async function resolveRecords(items: Item[]): Promise<Array<QualificationRecord | Error>> {
	const ids = await Promise.all(items.map(async (item) => await settle(() => readRecordId(item))));
	const found = await readRecordsByIds(items[0], succeeded(ids));
	return ids.map((id) => (id instanceof Error ? id : (found.get(id) ?? recordNotFoundError(id))));
}

/**
 * Records under the IDs that they were asked for, or why one could not be read. An ID asked for twice is read once.
 *
 * @param item any of the run
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

/** The ID that an item gives its record. @throws InvalidInputError for none, and for several */
function readRecordId(item: Item): string {
	return item.id('recordId', 'Record');
}

/** Samsara IDs are UUIDs, in which case does not matter; in external IDs it may. */
function normalizeId(id: string): string {
	return id.includes(':') ? id : id.toLowerCase();
}

/** What is said where no record has the ID. */
function recordNotFoundError(id: string): InvalidInputError {
	return new InvalidInputError(
		`'Record' names '${id}', which Samsara does not have`,
		'Check that the record belongs to this organization and was not deleted.',
	);
}

/**
 * The Samsara ID of the item's record. An external ID is looked up, since it is not documented whether writes take one.
 *
 * @throws InvalidInputError for an external ID that no record has
 */
export async function resolveRecordId(item: Item): Promise<string> {
	const id = readRecordId(item);
	return id.includes(':') ? (await resolveRecord(item)).id : id;
}

/**
 * The item's record, read together with those of the neighbouring items: 100 items are one call.
 *
 * @throws InvalidInputError where there is no such record
 */
export async function resolveRecord(item: Item): Promise<QualificationRecord> {
	const id = readRecordId(item);
	const first = item.index - (item.index % MAX_IDS);
	const records = await item.run.cache.itemRecords.get(
		String(first),
		async () => await readRecordsByIds(item, neighborIds(item, first)),
	);
	const found = records.get(id) ?? recordNotFoundError(id);
	if (found instanceof Error) throw found;
	return found;
}

function neighborIds({ n8n, run }: Item, first: number): string[] {
	const last = Math.min(first + MAX_IDS, n8n.getInputData().length);
	const ids: string[] = [];
	for (let index = first; index < last; index++) {
		try {
			ids.push(readRecordId(new Item(n8n, index, run)));
		} catch {
			// That item says so itself when its turn comes.
		}
	}
	return ids;
}
