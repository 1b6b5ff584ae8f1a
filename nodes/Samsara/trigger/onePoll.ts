import type { IPollFunctions } from 'n8n-workflow';
import { clock } from '../api/clock';

/** A poll that takes longer hangs. The next one goes ahead, and this one no longer counts. */
const MAX_POLL_MS = 60 * 60_000;

/** Polls under way in this process, by workflow and node. n8n starts one at each interval, whether or not the last has ended. */
const running = new Map<string, OnePoll>();

/** The right of a node's poll to be the only one. */
export class OnePoll {
	private constructor(
		private readonly key: string,
		private readonly startedAt: number,
	) {}

	/** Undefined while another poll of the node is under way. */
	static begin(n8n: IPollFunctions): OnePoll | undefined {
		const key = `${n8n.getWorkflow().id} ${n8n.getNode().id}`;
		const now = clock.monotonic();
		const other = running.get(key);
		if (other && now - other.startedAt < MAX_POLL_MS) return undefined;
		const turn = new OnePoll(key, now);
		running.set(key, turn);
		return turn;
	}

	/** False if a later poll went ahead of this one. */
	isCurrent(): boolean {
		return running.get(this.key) === this;
	}

	end(): void {
		if (this.isCurrent()) running.delete(this.key);
	}
}
