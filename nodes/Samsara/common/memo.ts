/** Values that are loaded once per key and then shared. A load that fails is tried again at the next request. */
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
}
