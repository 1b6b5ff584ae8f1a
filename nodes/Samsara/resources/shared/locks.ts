import type { SamsaraClient } from '../../api/client';

/** Works on things of one key one after another within a run, whatever else goes on at once. */
export async function withLock<T>(
	samsara: SamsaraClient,
	key: string,
	work: () => Promise<T>,
): Promise<T> {
	const tails = await samsara.memoize('turns', async () => new Map<string, Promise<unknown>>());
	const previous = tails.get(key) ?? Promise.resolve();
	const current = previous.then(work);
	const tail = current.catch(() => undefined);
	tails.set(key, tail);
	try {
		return await current;
	} finally {
		if (tails.get(key) === tail) tails.delete(key);
	}
}

/** The same for what has several keys: nothing that shares one of them is worked on meanwhile. */
export async function inTurnOfAll<T>(
	samsara: SamsaraClient,
	keys: string[],
	work: () => Promise<T>,
): Promise<T> {
	// Sorted, so that no two wait for each other.
	return await [...new Set(keys)]
		.sort()
		.reduceRight<
			() => Promise<T>
		>((next, key) => async () => await withLock(samsara, key, next), work)();
}
