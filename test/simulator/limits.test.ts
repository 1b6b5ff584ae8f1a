import { simulated, wait } from './client.mts';
import { FIVE_A_SECOND, HUNDRED_A_MINUTE, RateLimiter } from './limits.mts';

const TYPES = '/qualification-types?entityType=worker';

it('rejects the sixth request in a second with a fractional Retry-After', async () => {
	const api = await simulated({ rateLimits: true });
	const responses = await Promise.all(Array.from({ length: 7 }, () => api.get(TYPES)));
	const rejected = responses.filter(({ status }) => status === 429);
	expect(rejected).toHaveLength(2);
	const seconds = Number(rejected[0].headers.get('retry-after'));
	expect(seconds).toBeGreaterThan(0);
	expect(seconds).toBeLessThan(1);
	expect(rejected[0].headers.get('retry-after')).toMatch(/^0\.\d{5}$/);
	expect(typeof rejected[0].body.requestId).toBe('string');
	expect((await api.get('/assets')).status).toBe(200);
	await wait(seconds * 1000);
	expect((await api.get(TYPES)).status).toBe(200);
	await api.simulator.close();
});

it.each([
	[FIVE_A_SECOND, 200],
	[HUNDRED_A_MINUTE, 600],
])('accepts a client that sends at exactly the rate limit %j', (rateLimit, gapMs) => {
	const clock = { ms: 0 };
	const limiter = new RateLimiter(
		() => 1,
		() => clock.ms,
	);
	const jitter = [0, 9, -8, 3, -10, 6];
	for (let call = 0; call < 500; call += 1) {
		clock.ms = call * gapMs + jitter[call % jitter.length];
		expect(limiter.take([{ key: 'endpoint', rateLimit }])).toBeUndefined();
	}
	clock.ms += gapMs / 2;
	expect(limiter.take([{ key: 'endpoint', rateLimit }])).toBeGreaterThan(0);
});

it('accepts 100 writes a minute on a faster clock, with Retry-After in real seconds', async () => {
	const api = await simulated({ rateLimits: true, clockSpeed: 10 });
	const body = { name: 'Trailer' };
	const responses = await Promise.all(
		Array.from({ length: 101 }, () => api.send('POST', '/fleet/trailers', body)),
	);
	const rejected = responses.filter(({ status }) => status === 429);
	expect(rejected).toHaveLength(1);
	const seconds = Number(rejected[0].headers.get('retry-after'));
	expect(seconds).toBeLessThanOrEqual(6);
	expect(api.simulator.state.trailers.size).toBe(110);
	await wait(seconds * 1000);
	expect((await api.send('POST', '/fleet/trailers', body)).status).toBe(200);
	await api.simulator.close();
});

it('accepts 150 requests a second per token across all endpoints', async () => {
	const api = await simulated({ rateLimits: true, clockSpeed: 0.1 });
	const responses = await Promise.all(Array.from({ length: 160 }, () => api.get('/me')));
	const accepted = responses.filter(({ status }) => status === 200);
	expect(accepted).toHaveLength(150);
	await api.simulator.close();
});
