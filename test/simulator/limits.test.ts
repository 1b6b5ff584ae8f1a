import { simulated, wait } from './client.mts';
import { FIVE_A_SECOND, HUNDRED_A_MINUTE, RateLimiter } from './limits.mts';

const TYPES = '/qualification-types?entityType=worker';

it('refuses the sixth request of a second with a fractional Retry-After', async () => {
	const api = await simulated({ rateLimits: true });
	const responses = await Promise.all(Array.from({ length: 7 }, () => api.get(TYPES)));
	const refused = responses.filter(({ status }) => status === 429);
	expect(refused).toHaveLength(2);
	const seconds = Number(refused[0].headers.get('retry-after'));
	expect(seconds).toBeGreaterThan(0);
	expect(seconds).toBeLessThan(1);
	expect(refused[0].headers.get('retry-after')).toMatch(/^0\.\d{5}$/);
	expect(typeof refused[0].body.requestId).toBe('string');
	expect((await api.get('/assets')).status).toBe(200);
	await wait(seconds * 1000);
	expect((await api.get(TYPES)).status).toBe(200);
	await api.simulator.close();
});

it.each([
	[FIVE_A_SECOND, 200],
	[HUNDRED_A_MINUTE, 600],
])('lets a client pass that keeps exactly to the pace of %j', (tier, gapMs) => {
	const clock = { ms: 0 };
	const limiter = new RateLimiter(
		() => 1,
		() => clock.ms,
	);
	const jitter = [0, 9, -8, 3, -10, 6];
	for (let call = 0; call < 500; call += 1) {
		clock.ms = call * gapMs + jitter[call % jitter.length];
		expect(limiter.take([{ key: 'endpoint', tier }])).toBeUndefined();
	}
	clock.ms += gapMs / 2;
	expect(limiter.take([{ key: 'endpoint', tier }])).toBeGreaterThan(0);
});

it('counts 100 writes a minute, in real seconds of a faster clock', async () => {
	const api = await simulated({ rateLimits: true, clockSpeed: 10 });
	const body = { name: 'Trailer' };
	const responses = await Promise.all(
		Array.from({ length: 101 }, () => api.send('POST', '/fleet/trailers', body)),
	);
	const refused = responses.filter(({ status }) => status === 429);
	expect(refused).toHaveLength(1);
	const seconds = Number(refused[0].headers.get('retry-after'));
	expect(seconds).toBeLessThanOrEqual(6);
	expect(api.simulator.state.trailers.size).toBe(110);
	await wait(seconds * 1000);
	expect((await api.send('POST', '/fleet/trailers', body)).status).toBe(200);
	await api.simulator.close();
});

it('limits a token to 150 a second over all endpoints', async () => {
	const api = await simulated({ rateLimits: true, clockSpeed: 0.1 });
	const responses = await Promise.all(Array.from({ length: 160 }, () => api.get('/me')));
	const passed = responses.filter(({ status }) => status === 200);
	expect(passed).toHaveLength(150);
	await api.simulator.close();
});
