import { idsOf } from '../../api/ids';
import { portions } from '../../api/portions';
import { recordsById } from '../../api/qualifications';
import type { QualificationRecord } from '../../api/types';
import { asError } from '../../asError';
import { concurrency, each } from '../../execution/run';
import type { Item } from '../../execution/item';
import { Refusal } from '../../refusal';

/** The record that each item names, or why there is none, in as few calls as Samsara takes: 100 IDs a call. */
export async function recordsOfItems(items: Item[]): Promise<Array<QualificationRecord | Error>> {
	const ids = items.map((item) => {
		try {
			return recordIdOf(item);
		} catch (error) {
			return asError(error);
		}
	});
	const asked = ids.filter((id): id is string => typeof id === 'string');
	const found = await recordsByIds(items[0], asked);
	return ids.map((id) => (typeof id === 'string' ? (found.get(id) ?? absent(id)) : id));
}

/**
 * Records under the IDs that they were asked for, or why one could not be read. An ID asked for twice is read once.
 *
 * @param item any of the run
 */
export async function recordsByIds(
	item: Item,
	ids: string[],
): Promise<Map<string, QualificationRecord | Error>> {
	const calls = portions([...new Set(ids)]);
	const answers = await each(
		calls,
		concurrency(item.n8n),
		true,
		async (portion) => await recordsById(item.samsara, portion),
	);
	const found = new Map<string, QualificationRecord | Error>();
	answers.forEach((answer, index) => {
		if (answer instanceof Error) {
			for (const id of calls[index]) found.set(id, answer);
			return;
		}
		for (const [id, failure] of answer.refused) found.set(id, failure);
		const byName = new Map(
			answer.records.flatMap((record) =>
				idsOf(record).map((name) => [fold(name), record] as const),
			),
		);
		for (const id of calls[index]) {
			const record = byName.get(fold(id));
			if (record) found.set(id, record);
		}
	});
	return found;
}

/** The ID that an item gives its record. @throws Refusal for none, and for several */
export function recordIdOf(item: Item): string {
	return item.id('recordId', 'Record');
}

/** Samsara IDs are UUIDs, in which case does not matter; in external IDs it may. */
function fold(id: string): string {
	return id.includes(':') ? id : id.toLowerCase();
}

/** What is said where no record has the ID. */
export function absent(id: string): Refusal {
	return new Refusal(
		`'Record' names '${id}', which Samsara does not have`,
		'Check that the record belongs to this organization and was not deleted.',
	);
}
