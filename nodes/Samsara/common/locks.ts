/** Named locks: at any time, only one task per key is running. */
export class Locks {
	private readonly tails = new Map<string, Promise<unknown>>();

	/** Runs `work` once all earlier work with the same key has finished. */
	async withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
		const previous = this.tails.get(key) ?? Promise.resolve();
		const current = previous.then(work);
		const tail = current.catch(() => undefined);
		this.tails.set(key, tail);
		try {
			return await current;
		} finally {
			if (this.tails.get(key) === tail) this.tails.delete(key);
		}
	}

	/** Runs `work` while holding the locks of all keys. */
	async withLocks<T>(keys: string[], work: () => Promise<T>): Promise<T> {
		// Sorted, to prevent deadlocks.
		const sorted = [...new Set(keys)].sort();
		const locked = sorted.reduceRight<() => Promise<T>>(
			(next, key) => async () => await this.withLock(key, next),
			work,
		);
		return await locked();
	}
}
