import { clock } from '../../../../../nodes/Samsara/api/clock';
import { endpointOf } from '../../../../../nodes/Samsara/api/endpoints';
import {
	accountRateLimiter,
	type RateLimitMode,
} from '../../../../../nodes/Samsara/api/rateLimit/accountRateLimiter';

const original = { ...clock };

/** A clock that moves only during sleeps, so that waits are exact and take no time. */
class FakeClock {
	time = 1_700_000_000_000;

	private sleepers: Array<{ at: number; wake: () => void }> = [];

	constructor() {
		clock.monotonic = () => this.time;
		clock.sleep = async (milliseconds) =>
			await new Promise<void>((wake) => this.sleepers.push({ at: this.time + milliseconds, wake }));
	}

	/** Runs until there are no more sleeps before this time. */
	async run(end = Infinity): Promise<void> {
		for (;;) {
			for (let i = 0; i < 20; i++) await Promise.resolve();
			this.sleepers.sort((a, b) => a.at - b.at);
			const next = this.sleepers[0];
			if (!next || next.at > end) return;
			this.sleepers.shift();
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
	}
}

/** An API that accepts `calls` calls within any `seconds` seconds, and otherwise returns 429 with the exact time to wait. */
class Limit {
	readonly accepted: number[] = [];

	refused = 0;

	constructor(
		private readonly calls: number,
		private readonly seconds: number,
		private readonly fake: FakeClock,
	) {}

	call(): { status: number; retryAfter?: number } {
		const window = this.accepted.filter((at) => at > this.fake.time - this.seconds * 1000);
		if (window.length < this.calls) {
			this.accepted.push(this.fake.time);
			return { status: 200 };
		}
		this.refused++;
		const free = window[window.length - this.calls] + this.seconds * 1000;
		return { status: 429, retryAfter: (free - this.fake.time + 1) / 1000 };
	}
}

let fake: FakeClock;
let accounts = 0;

beforeEach(() => {
	fake = new FakeClock();
	let seed = 7;
	jest.spyOn(Math, 'random').mockImplementation(() => {
		seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return seed / 2 ** 32;
	});
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => Object.assign(clock, original));

const create = endpointOf('POST', '/qualification-records');
const stream = endpointOf('GET', '/qualification-records/stream');
const drivers = endpointOf('GET', '/fleet/drivers');

/** Sends `count` calls, ten at a time, each repeated until it is accepted. */
function send(
	limit: Limit,
	count: number,
	{
		account = `account ${accounts++}`,
		endpoint = create,
		pace = 'documented' as RateLimitMode,
		latency = 0,
	} = {},
) {
	let left = count;
	const worker = async () => {
		while (left > 0) {
			left--;
			for (;;) {
				await accountRateLimiter(account).acquire(endpoint, pace);
				if (latency > 0) await clock.sleep(latency * (0.5 + Math.random()));
				const { status, retryAfter } = limit.call();
				accountRateLimiter(account).recordStatus(endpoint, pace, status, retryAfter);
				if (status === 200) break;
			}
		}
	};
	return Array.from({ length: 10 }, worker);
}

describe('the rate limiter', () => {
	test('makes 300 calls at 100 per minute without a 429, within 5% of the shortest possible time', async () => {
		const limit = new Limit(100, 60, fake);
		const start = fake.time;
		send(limit, 300);
		await fake.run();
		expect(limit.accepted).toHaveLength(300);
		expect(limit.refused).toBe(0);
		expect(fake.time - start).toBeLessThan(120_000 * 1.05);
	});

	test('does not delay reads because of the limit of writes', async () => {
		const account = `account ${accounts++}`;
		send(new Limit(100, 60, fake), 150, { account });
		const start = fake.time;
		const reads = new Limit(5, 1, fake);
		const done = Promise.all(send(reads, 5, { account, endpoint: stream })).then(() => fake.time);
		await fake.run();
		expect((await done) - start).toBeLessThan(1_000);
	});

	test('never makes more than 150 calls per second with one token, over all endpoints', async () => {
		const limit = new Limit(150, 1, fake);
		const account = `account ${accounts++}`;
		send(limit, 200, { account, endpoint: drivers });
		send(limit, 200, { account, endpoint: endpointOf('PATCH', '/fleet/drivers/1') });
		await fake.run();
		expect(limit.accepted).toHaveLength(400);
		expect(limit.refused).toBe(0);
	});

	test('blocks all calls of a limit for exactly Retry-After, including fractions of a second', async () => {
		const account = `account ${accounts++}`;
		const rateLimiter = accountRateLimiter(account);
		await rateLimiter.acquire(create, 'documented');
		rateLimiter.recordStatus(create, 'documented', 429, 0.40235);
		const start = fake.time;
		const waits: number[] = [];
		for (let i = 0; i < 3; i++)
			void rateLimiter.acquire(create, 'documented').then(() => waits.push(fake.time - start));
		await fake.run();
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(402.35);
		expect(Math.min(...waits)).toBeLessThan(420);
	});

	test('lets three processes share a limit without knowing of each other, with few 429s', async () => {
		const limit = new Limit(100, 60, fake);
		const start = fake.time;
		for (let process = 0; process < 3; process++)
			send(limit, 200, { account: `process ${process} ${accounts}` });
		await fake.run();
		expect(limit.accepted).toHaveLength(600);
		expect(limit.refused / 600).toBeLessThan(0.1);
		expect(fake.time - start).toBeLessThan(300_000 * 1.2);
	});

	// One that starts when the other has used up the window gets a 429 for each of its ten calls in progress.
	test.each([
		[0, 0.05],
		[30_000, 0.06],
	])(
		'lets two processes, the second one %d ms later, make 600 calls in 1.1 of the shortest time, with few 429s (%d)',
		async (later, maxRefused) => {
			const limit = new Limit(100, 60, fake);
			const start = fake.time;
			const latency = 50;
			send(limit, 300, { latency });
			const second = clock.sleep(later).then(() => {
				send(limit, 300, { latency });
			});
			await fake.run();
			await second;
			expect(limit.accepted).toHaveLength(600);
			expect(limit.refused / (600 + limit.refused)).toBeLessThanOrEqual(maxRefused);
			expect(fake.time - start).toBeLessThan(300_000 * 1.1);
		},
	);

	test('gives two processes about as many calls each, also if one starts later', async () => {
		const limit = new Limit(100, 60, fake);
		const start = fake.time;
		const counts = [0, 0];
		const countFor = (process: number) => {
			const counted = Object.create(limit) as Limit;
			counted.call = () => {
				const response = limit.call();
				const isShared = fake.time - start > 100_000;
				if (response.status === 200 && isShared) counts[process]++;
				return response;
			};
			return counted;
		};
		const latency = 50;
		send(countFor(0), 600, { latency });
		await fake.run(start + 30_000);
		send(countFor(1), 600, { latency });
		await fake.run(start + 420_000);
		const [first, second] = counts;
		await fake.run();
		expect(Math.min(first, second) / Math.max(first, second)).toBeGreaterThan(0.4);
	});

	test('uses the whole limit within half a minute after another process has ended', async () => {
		const limit = new Limit(100, 60, fake);
		const latency = 50;
		const start = fake.time;
		send(limit, 400, { latency });
		send(limit, 200, { latency });
		await fake.run();
		expect(limit.accepted).toHaveLength(600);
		expect(fake.time - start).toBeLessThan(330_000);
	});

	test.each([1, 5, 50, 99])(
		'loses little time when only call %d of 290 gets a 429',
		async (refused) => {
			const limit = new Limit(100, 60, fake);
			const start = fake.time;
			let calls = 0;
			const call = limit.call.bind(limit);
			limit.call = () => (++calls === refused ? { status: 429, retryAfter: 0.4 } : call());
			send(limit, 290, { latency: 50 });
			await fake.run();
			expect(limit.accepted).toHaveLength(290);
			expect(fake.time - start).toBeLessThan(120_000 * 1.2);
		},
	);

	test('does not starve a process that starts while another one uses the whole limit', async () => {
		const limit = new Limit(5, 1, fake);
		const start = fake.time;
		const ends: number[] = [];
		for (let process = 0; process < 2; process++) {
			void Promise.all(send(limit, 300, { endpoint: stream, latency: 200 })).then(() =>
				ends.push(fake.time - start),
			);
			await fake.run(start + 5_000);
		}
		await fake.run();
		expect(Math.max(...ends)).toBeLessThan(120_000 * 1.3);
		expect(Math.min(...ends)).toBeGreaterThan(Math.max(...ends) * 0.6);
	});

	test('shares a limit of five calls a second fairly, so that neither process takes much longer', async () => {
		const limit = new Limit(5, 1, fake);
		const start = fake.time;
		for (let process = 0; process < 2; process++)
			send(limit, 300, { account: `process ${process} ${accounts}`, endpoint: stream });
		await fake.run();
		expect(limit.refused / 600).toBeLessThan(0.15);
		expect(fake.time - start).toBeLessThan(120_000 * 1.5);
	});

	test('is not slowed down much by 429s that its own pace does not cause', async () => {
		const limit = new Limit(100, 60, fake);
		const start = fake.time;
		let calls = 0;
		const call = limit.call.bind(limit);
		limit.call = () => (++calls % 11 === 0 ? { status: 429, retryAfter: 0.4 } : call());
		send(limit, 600);
		await fake.run();
		expect(limit.accepted).toHaveLength(600);
		expect(fake.time - start).toBeLessThan(300_000 * 1.5);
	});

	test("with 'As Fast as Samsara Allows', ignores documented limits and respects only 429s", async () => {
		const roomy = new Limit(1_000, 60, fake);
		const start = fake.time;
		send(roomy, 1_000, { pace: 'learn' });
		await fake.run();
		expect(roomy.refused).toBe(0);
		expect(fake.time - start).toBe(0);
	});

	test('does not wait for a blocked limit longer than the caller allows', async () => {
		const rateLimiter = accountRateLimiter(`account ${accounts++}`);
		rateLimiter.recordStatus(create, 'documented', 429, 60);
		const start = fake.time;
		expect(await rateLimiter.acquire(create, 'documented', undefined, 59_000)).toBe(60_000);
		const patient = rateLimiter.acquire(create, 'documented', undefined, 60_000);
		await fake.run();
		expect(await patient).toBe(0);
		expect(fake.time - start).toBe(60_000);
	});

	test('waits equally long if the system clock is set back or ahead', async () => {
		const limit = new Limit(100, 60, fake);
		const account = `account ${accounts++}`;
		let wallClock = fake.time;
		clock.now = () => wallClock;
		send(limit, 150, { account });
		wallClock -= 3_600_000;
		const start = fake.time;
		send(limit, 50, { account });
		wallClock += 7_200_000;
		await fake.run();
		expect(limit.accepted).toHaveLength(200);
		expect(limit.refused).toBe(0);
		expect(fake.time - start).toBeLessThan(65_000);
	});

	test('stops waiting if the execution is cancelled', async () => {
		const account = `account ${accounts++}`;
		const rateLimiter = accountRateLimiter(account);
		rateLimiter.recordStatus(create, 'documented', 429, 3_600);
		const controller = new AbortController();
		const waiting = rateLimiter
			.acquire(create, 'documented', controller.signal)
			.catch((error: Error) => error.name);
		for (let i = 0; i < 20; i++) await Promise.resolve();
		controller.abort();
		await fake.run();
		expect(await waiting).toBe('Cancelled');
		expect(fake.time).toBeLessThan(1_700_000_001_000);
	});

	test('forgets idle accounts', async () => {
		const idle = accountRateLimiter('idle account');
		await idle.acquire(create, 'documented');
		fake.time += 120_000;
		accountRateLimiter('another account');
		expect(accountRateLimiter('idle account')).not.toBe(idle);
	});
});
