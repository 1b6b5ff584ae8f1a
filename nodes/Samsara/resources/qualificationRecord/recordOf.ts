import { MOST_IDS } from '../../api/portions';
import type { QualificationRecord } from '../../api/types';
import { Item } from '../../execution/item';
import { absent, recordIdOf, recordsByIds } from './recordsOfItems';

/**
 * The Samsara ID of the item's record. An external ID is looked up, since it is not documented whether writes take one.
 *
 * @throws Refusal for an external ID that no record has
 */
export async function samsaraRecordId(item: Item): Promise<string> {
	const id = recordIdOf(item);
	return id.includes(':') ? (await recordOf(item)).id : id;
}

/**
 * The item's record, read together with those of the neighbouring items: 100 items are one call.
 *
 * @throws Refusal where there is no such record
 */
export async function recordOf(item: Item): Promise<QualificationRecord> {
	const id = recordIdOf(item);
	const first = item.index - (item.index % MOST_IDS);
	const records = await item.samsara.once(
		`records of items from ${first}`,
		async () => await recordsByIds(item, neighbours(item, first)),
	);
	const found = records.get(id) ?? absent(id);
	if (found instanceof Error) throw found;
	return found;
}

function neighbours({ n8n, samsara }: Item, first: number): string[] {
	const last = Math.min(first + MOST_IDS, n8n.getInputData().length);
	const ids: string[] = [];
	for (let index = first; index < last; index++) {
		try {
			ids.push(recordIdOf(new Item(n8n, index, samsara)));
		} catch {
			// That item says so itself when its turn comes.
		}
	}
	return ids;
}
