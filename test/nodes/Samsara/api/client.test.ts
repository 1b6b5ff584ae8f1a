import { clock } from '../../../../nodes/Samsara/api/clock';
import { SamsaraClient, type ClientOptions } from '../../../../nodes/Samsara/api/client';
import type { HttpResponse, HttpRequest } from '../../../../nodes/Samsara/api/http';

const original = { ...clock };
let accounts = 0;

/** Time passes only during sleeps, so that waits are exact and take no time. */
beforeAll(() => {
	let time = 0;
	clock.monotonic = () => time;
	clock.sleep = async (milliseconds) => {
		time += Math.ceil(milliseconds);
	};
});

afterAll(() => Object.assign(clock, original));

const response = (
	status: number,
	body: unknown = '',
	headers: HttpResponse['headers'] = {},
): HttpResponse => ({
	status,
	headers,
	text: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A client whose calls get these responses, one after another; the last one repeatedly. */
function clientOf(...responses: HttpResponse[]) {
	return clientWith({}, ...responses);
}

function clientWith(
	{
		account = `client test ${accounts++}`,
		...options
	}: Partial<ClientOptions> & { account?: string },
	...responses: HttpResponse[]
) {
	const sent: HttpRequest[] = [];
	const samsara = new SamsaraClient(
		{
			account,
			session: account,
			isOAuth2: false,
			isLoopback: true,
			send: async (call) => responses[Math.min(sent.push(call), responses.length) - 1],
		},
		{ retries: 2, ...options },
	);
	return { samsara, sent };
}

const ODD_BODIES = ['', ' ', 'null', 'true', '""', '[]', '{}', 'OK', '{"data":null}', '"deleted"'];

describe('a change of state or a delete that Samsara has confirmed', () => {
	it.each(ODD_BODIES)('succeeds whatever the body is: %j', async (body) => {
		const { samsara, sent } = clientOf(response(200, body));
		await samsara.delete('/qualification-records', {}, { id: 'r' });
		await samsara.delete('/attributes/a', { entityType: 'driver' });
		await samsara.post('/qualification-records/archive', { id: 'r' });
		await samsara.post('/qualification-records/unarchive', { id: 'r' });
		expect(sent).toHaveLength(4);
	});

	it('is not assumed from the HTML page of a proxy', async () => {
		const { samsara, sent } = clientOf(response(200, '<html>Log in</html>'), response(204));
		await samsara.delete('/fleet/trailers/1');
		expect(sent).toHaveLength(2);
	});
});

describe('a delete that returns 404', () => {
	it.each([429, 400])('after %i fails, because nothing was deleted', async (status) => {
		const { samsara } = clientOf(response(status), response(404, { message: 'not found' }));
		await expect(samsara.delete('/fleet/trailers/1')).rejects.toMatchObject({
			status: status === 429 ? 404 : 400,
		});
	});

	it.each([response(503), response(200, '<html>')])(
		'succeeds after an attempt that may have been completed: %j',
		async (first) => {
			const { samsara } = clientOf(first, response(429), response(404));
			await samsara.delete('/fleet/trailers/1');
		},
	);
});

describe('null in a response', () => {
	it.each([
		['{"data":null,"pagination":null}', { data: [] }],
		['{"pagination":{"hasNextPage":false}}', { data: [], pagination: { hasNextPage: false } }],
		['{}', { data: [] }],
		['{"data":[null,{"id":"1","tags":null}]}', { data: [{ id: '1' }] }],
	])('in a list: %s', async (body, read) => {
		const { samsara } = clientOf(response(200, body));
		expect(await samsara.get('/fleet/drivers')).toEqual(read);
	});

	it('is removed everywhere, and an empty list is kept', async () => {
		const data = {
			id: 'a',
			name: null,
			stringValues: null,
			numberValues: [],
			entities: [
				{ entityId: 1, stringValues: null, dateValues: [null], externalIds: { key: null } },
			],
		};
		const { samsara } = clientOf(response(200, { data }));
		expect(await samsara.get('/attributes/a')).toStrictEqual({
			data: {
				id: 'a',
				numberValues: [],
				entities: [{ entityId: '1', dateValues: [], externalIds: {} }],
			},
		});
	});

	it('instead of a single object is an error', async () => {
		const { samsara } = clientOf(response(200, '{"data":null}'));
		await expect(samsara.get('/fleet/drivers/1')).rejects.toThrow('data is missing');
	});
});

it('drops repeated entries, and keeps different ones with the same ID', async () => {
	const once = [{ id: '1', tags: [{ id: 't' }] }, { id: '2' }, { id: '2', name: 'x' }];
	const twice = [{ id: '1', tags: [{ id: 't' }, { id: 't' }] }, ...once.slice(1), ...once];
	const { samsara } = clientOf(response(200, { data: twice }));
	expect(await samsara.get('/fleet/drivers')).toEqual({ data: once });
});

it.each(['{"message":"We are down for maintenance"}', '{"data":{}}', '[]', '1'])(
	'does not mistake a response without a list for an empty list: %s',
	async (body) => {
		const { samsara } = clientOf(response(200, body));
		await expect(samsara.get('/fleet/drivers')).rejects.toMatchObject({ reason: 'unreadable' });
	},
);

describe('a create call whose response does not contain the new object', () => {
	const odd = [...ODD_BODIES, '{"data":{}}', '{"data":{"id":null}}', '{"data":[]}'];

	it.each(odd)('looks for the object and does not create it again: %j', async (body) => {
		const { samsara, sent } = clientOf(response(201, body));
		const created = { data: { id: 'd' } };
		expect(await samsara.create('/fleet/drivers', {}, async () => created)).toBe(created);
		expect(sent).toHaveLength(1);
	});

	it.each(odd)('fails if the object cannot be looked for: %j', async (body) => {
		const { samsara, sent } = clientOf(response(201, body));
		await expect(samsara.create('/fleet/trailers', {})).rejects.toThrow(
			'may or may not have completed',
		);
		expect(sent).toHaveLength(1);
	});
});

describe('Retry-After', () => {
	const wait = (status: number, seconds: number) =>
		response(status, { message: 'later' }, { 'retry-after': String(seconds) });

	it.each([429, 503])(
		'with %i is not waited for if it is longer than Max Retry Time',
		async (status) => {
			const { samsara, sent } = clientWith({ seconds: 30 }, wait(status, 31));
			await expect(samsara.get('/me')).rejects.toMatchObject({ status, retryAfter: 31 });
			expect(sent).toHaveLength(1);
		},
	);

	it.each([429, 503])('with %i is waited for within Max Retry Time', async (status) => {
		const started = clock.monotonic();
		const { samsara } = clientWith({ seconds: 30 }, wait(status, 29), response(200, { data: {} }));
		await samsara.get('/me');
		expect(clock.monotonic() - started).toBeGreaterThanOrEqual(29_000);
	});

	it('waits, if repeated, end with Max Retry Time', async () => {
		const { samsara, sent } = clientWith({ seconds: 30 }, wait(429, 8));
		await expect(samsara.get('/me')).rejects.toMatchObject({ status: 429 });
		expect(sent).toHaveLength(4);
	});

	it('blocks other executions no longer than the rejected one would have waited', async () => {
		const account = `client test ${accounts++}`;
		const hasty = clientWith({ account, seconds: 20 }, wait(429, 86_400));
		await expect(hasty.samsara.get('/me')).rejects.toMatchObject({ status: 429 });
		const patient = clientWith({ account }, response(200, { data: {} }));
		await patient.samsara.get('/me');
		expect(patient.sent).toHaveLength(1);
	});

	it('blocks no execution longer than its own Max Retry Time, and says for how long', async () => {
		const account = `client test ${accounts++}`;
		const patient = clientWith(
			{ account, seconds: 900 },
			wait(429, 600),
			response(200, { data: {} }),
		);
		const waiting = patient.samsara.get('/me');
		for (let i = 0; i < 20; i++) await clock.sleep(50);
		expect(patient.sent).toHaveLength(1);
		const hasty = clientWith({ account, seconds: 20 }, response(200, { data: {} }));
		await expect(hasty.samsara.get('/me')).rejects.toThrow(/asks to wait another \d+ seconds/);
		expect(hasty.sent).toHaveLength(0);
		await waiting;
	});
});
