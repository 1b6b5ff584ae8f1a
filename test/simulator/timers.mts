/** Timers that end early when the simulator closes. */
export class Timers {
	private readonly waiting = new Map<NodeJS.Timeout, () => void>();

	/** Waits for a number of milliseconds. */
	async pause(ms: number): Promise<void> {
		if (ms <= 0) return;
		await new Promise<void>((resolve) => this.after(ms, resolve));
	}

	/** Runs an action after a number of milliseconds, or when the simulator closes. */
	after(ms: number, action: () => void): void {
		const timer = setTimeout(() => {
			this.waiting.delete(timer);
			action();
		}, ms);
		this.waiting.set(timer, action);
	}

	/** Ends all waits now. */
	close(): void {
		for (const [timer, action] of this.waiting) {
			clearTimeout(timer);
			action();
		}
		this.waiting.clear();
	}
}
