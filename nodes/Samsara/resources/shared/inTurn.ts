import type { SamsaraClient } from '../../api/client';

/** Works on things of one key one after another within a run, whatever else goes on at once. */
export async function inTurn<T>(
	samsara: SamsaraClient,
	key: string,
	work: () => Promise<T>,
): Promise<T> {
	const tails = await samsara.once('turns', async () => new Map<string, Promise<unknown>>());
	const before = tails.get(key) ?? Promise.resolve();
	const mine = before.then(work);
	const tail = mine.catch(() => undefined);
	tails.set(key, tail);
	try {
		return await mine;
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
		>((next, key) => async () => await inTurn(samsara, key, next), work)();
}
