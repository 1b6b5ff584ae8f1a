import { portions, recordsById } from '../../api/qualifications';
import type { QualificationRecord } from '../../api/types';
import { asError } from '../../asError';
import { concurrency, each } from '../../execution/run';
import type { Item } from '../../execution/item';
import { Refusal } from '../../refusal';

const LONGEST_ID = 512;

/** The record that each item names, or why there is none, in as few calls as Samsara takes: 100 IDs a call. */
export async function recordsOfItems(items: Item[]): Promise<Array<QualificationRecord | Error>> {
	const ids = items.map(readId);
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
		const byName = new Map(answer.records.flatMap((record) => namesOf(record, record)));
		for (const id of calls[index]) {
			const record = byName.get(fold(id));
			if (record) found.set(id, record);
		}
	});
	return found;
}

function readId(item: Item): string | Error {
	try {
		const id = item.id('recordId', 'Record');
		if (id.includes(',')) {
			throw new Refusal(`'Record' is '${id}', which is several IDs`, 'Give one ID an item.');
		}
		if (id.length > LONGEST_ID) {
			throw new Refusal(
				`'Record' has ${id.length} characters, which is no ID`,
				'Check which field of the item is mapped here.',
			);
		}
		return id;
	} catch (error) {
		return asError(error);
	}
}

function namesOf<T>({ id, externalIds }: QualificationRecord, value: T): Array<[string, T]> {
	const external = Object.entries(externalIds ?? {}).map(([key, name]) => `${key}:${String(name)}`);
	return [[id.toLowerCase(), value], ...external.map((name): [string, T] => [name, value])];
}

/** Samsara IDs are UUIDs, in which case does not matter; in external IDs it may. */
function fold(id: string): string {
	return id.includes(':') ? id : id.toLowerCase();
}

function absent(id: string): Refusal {
	return new Refusal(
		`'Record' names '${id}', which Samsara does not have`,
		'Check that the record belongs to this organization and was not deleted.',
	);
}
