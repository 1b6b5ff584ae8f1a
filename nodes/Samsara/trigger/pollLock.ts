import type { IPollFunctions } from 'n8n-workflow';
import { clock } from '../api/clock';

/** A poll that takes longer is considered stuck: the next one goes ahead, and this one's result is discarded. */
const MAX_POLL_MS = 60 * 60_000;

/** Polls running in this process, by workflow and node. n8n starts one at each interval, even if the last one is still running. */
const running = new Map<string, PollLock>();

/** Lets only one poll of a node run at a time. */
export class PollLock {
	private constructor(
		private readonly key: string,
		private readonly startedAt: number,
	) {}

	/** Returns undefined while another poll of the node is running. */
	static acquire(n8n: IPollFunctions): PollLock | undefined {
		const key = `${n8n.getWorkflow().id} ${n8n.getNode().id}`;
		const now = clock.monotonic();
		const other = running.get(key);
		if (other && now - other.startedAt < MAX_POLL_MS) return undefined;
		const lock = new PollLock(key, now);
		running.set(key, lock);
		return lock;
	}

	/** False if a later poll has taken over. */
	isCurrent(): boolean {
		return running.get(this.key) === this;
	}

	release(): void {
		if (this.isCurrent()) running.delete(this.key);
	}
}
