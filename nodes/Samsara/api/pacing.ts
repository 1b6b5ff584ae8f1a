import { clock, pause, throwIfCancelled } from './clock';
import type { Endpoint, Tier } from './endpoints';
import { Lane } from './lane';

/** Samsara's documented limit of one token; the organization's is 200/s. */
const TOKEN_TIER: Tier = { calls: 150, seconds: 1 };

/** Where the API names no time, a refused lane rests this long. */
const DEFAULT_HOLD_SECONDS = 1;

/**
 * `documented` never exceeds the limits that Samsara states; `learn` only slows down when the API says 429, for
 * organizations whose limits were raised.
 */
export type Pace = 'documented' | 'learn';

/**
 * The lanes of one account (token and host), shared by every execution in this n8n process.
 * Several processes with one token don't see each other: the 429s that they get teach each its pace.
 */
class Pacer {
	private readonly lanes = new Map<string, Lane>();

	/**
	 * Resolves when a call to the endpoint may go, and counts it as gone.
	 *
	 * @param maxHold milliseconds that the caller waits for a lane which the API has refused
	 * @returns 0, or for how long such a lane is held beyond that: the call may not go then
	 * @throws Cancelled
	 */
	async turn(
		endpoint: Endpoint,
		pace: Pace,
		signal?: AbortSignal,
		maxHold = Infinity,
	): Promise<number> {
		throwIfCancelled(signal);
		const lanes = this.lanesOf(endpoint, pace);
		for (;;) {
			const held = Math.max(...lanes.map((lane) => lane.held()));
			if (held > maxHold) return held;
			const wait = Math.max(...lanes.map((lane) => lane.wait()));
			if (wait <= 0) break;
			await pause(wait, signal);
		}
		for (const lane of lanes) lane.start();
		return 0;
	}

	/** Tells the endpoint's lane how a call was received. `retryAfter` in decimal seconds. */
	report(endpoint: Endpoint, pace: Pace, status: number, retryAfter?: number): void {
		const [lane] = this.lanesOf(endpoint, pace);
		if (status === 429) lane.refused(retryAfter ?? DEFAULT_HOLD_SECONDS);
		else lane.accepted();
	}

	/** Forgets lanes that have nothing to remember. Returns whether none is left. */
	sweep(): boolean {
		for (const [name, lane] of this.lanes) if (lane.idle()) this.lanes.delete(name);
		return this.lanes.size === 0;
	}

	private lanesOf(endpoint: Endpoint, pace: Pace): Lane[] {
		const documented = pace === 'documented';
		return [
			this.lane(`${pace} ${endpoint.name}`, documented ? endpoint.tier : undefined),
			this.lane(`${pace} token`, documented ? TOKEN_TIER : undefined),
		];
	}

	private lane(name: string, tier: Tier | undefined): Lane {
		const known = this.lanes.get(name) ?? new Lane(tier);
		this.lanes.set(name, known);
		return known;
	}
}

const SWEEP_EVERY_MS = 10_000;

const pacers = new Map<string, Pacer>();
let sweptAt = -Infinity;

/**
 * The pacer of an account. Accounts that have fallen idle are forgotten here, so that a process that runs for months
 * keeps nothing of tokens that are no longer used.
 *
 * @param account hash of token and host, never the token
 */
export function pacerOf(account: string): Pacer {
	if (Math.abs(clock.monotonic() - sweptAt) > SWEEP_EVERY_MS) {
		sweptAt = clock.monotonic();
		for (const [key, pacer] of pacers) if (key !== account && pacer.sweep()) pacers.delete(key);
	}
	const known = pacers.get(account) ?? new Pacer();
	pacers.set(account, known);
	return known;
}

export type { Pacer };
