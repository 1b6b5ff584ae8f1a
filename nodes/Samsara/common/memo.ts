/** Loads each value once per key and shares it. A load that fails is repeated at the next request. */
export class Memo<T> {
	private readonly values = new Map<string, Promise<T>>();

	async get(key: string, load: () => Promise<T>): Promise<T> {
		const cached = this.values.get(key);
		if (cached) return await cached;
		const promise = load();
		this.values.set(key, promise);
		promise.catch(() => this.values.delete(key));
		return await promise;
	}

	/** The next request loads the value again. */
	forget(key: string): void {
		this.values.delete(key);
	}
}
