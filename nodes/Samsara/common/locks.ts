/** Named locks of one run: whoever holds a key works alone on what it stands for. */
export class Locks {
	private readonly tails = new Map<string, Promise<unknown>>();

	/** Runs `work` once everyone who asked for the key earlier has finished. */
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

	/** Runs `work` while holding all of the keys. */
	async withLocks<T>(keys: string[], work: () => Promise<T>): Promise<T> {
		// Sorted, so that no two can deadlock.
		const sorted = [...new Set(keys)].sort();
		const locked = sorted.reduceRight<() => Promise<T>>(
			(next, key) => async () => await this.withLock(key, next),
			work,
		);
		return await locked();
	}
}
