import { chunkIds } from '../../api/chunkIds';
import type { Item } from '../../execution/item';
import { concurrency, mapWithConcurrency } from '../../execution/concurrency';

/**
 * Looks up many IDs in few calls: each ID once, in chunks that fit into one call, several calls at a time.
 *
 * @param item any item of the run
 * @param ids may repeat
 * @param read reads one chunk; IDs that it does not find are absent from its result
 * @returns what each ID refers to, or why it could not be read; IDs that were not found are absent
 */
export async function lookUp<T>(
	item: Item,
	ids: string[],
	read: (chunk: string[]) => Promise<Map<string, T | Error>>,
): Promise<Map<string, T | Error>> {
	const chunks = chunkIds([...new Set(ids)]);
	const results = await mapWithConcurrency(chunks, concurrency(item.n8n), true, read);
	return new Map(
		results.flatMap(
			(result, n): Array<[string, T | Error]> =>
				result instanceof Error ? chunks[n].map((id) => [id, result]) : [...result],
		),
	);
}
