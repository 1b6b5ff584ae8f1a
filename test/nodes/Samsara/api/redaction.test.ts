import { redactToken } from '../../../../nodes/Samsara/api/redaction';
import { itemsOf, locator, runSamsara } from '../../../samsara';
import { startSimulator } from '../../../simulator/index.mts';

const TOKEN = ['samsara', 'api', 'Xk29+fLpQ7/vZ3sNtR8wBy5MdHc1Ga'].join('_');

const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each([
	['whole', `no such token: Bearer ${TOKEN}!`],
	['twice', `${TOKEN} ${TOKEN}`],
	['encoded for an address', `/login?next=${encodeURIComponent(`Bearer ${TOKEN}`)}`],
	['in base64', base64(TOKEN)],
	['in base64 as a password', `Basic ${base64(`u:${TOKEN}`)}`],
	['in base64 behind its scheme', base64(`Bearer ${TOKEN}\n`)],
	['in base64 with more around it', base64(`{"a":"${TOKEN}"}`)],
	['cut off at its end', `got ${TOKEN.slice(0, 28)}`],
	['cut off at its beginning', `...${TOKEN.slice(-20)} is unknown`],
])('leaves no piece of a token that is quoted %s', (_, text) => {
	const shown = redactToken(text, TOKEN);
	const pieces = (secret: string, length: number) =>
		Array.from({ length: secret.length - length + 1 }, (_each, i) => secret.slice(i, i + length));
	for (const piece of pieces(TOKEN, 16)) expect(shown).not.toContain(piece);
	for (const [found] of shown.matchAll(/[\w+/=-]{8,}/g)) {
		const decoded = Buffer.from(found, 'base64').toString('latin1');
		for (const piece of pieces(TOKEN, 12)) expect(decoded).not.toContain(piece);
	}
	expect(shown).toContain('[API token]');
});

it.each(['', 'Tokens begin with samsara_api_', 'a', 'abc', `x${TOKEN.slice(20, 30)}y`])(
	'leaves other text unchanged: %j',
	(text) => expect(redactToken(text, TOKEN)).toBe(text),
);

it.each(['', 'a', 'abc'])('hides nothing if the token is %j', (token) =>
	expect(redactToken('an abc of a', token)).toBe('an abc of a'),
);

it('finds a piece of 16 characters at any position of a long text', () => {
	const filler = 'de305d54-75b4-431b-adb2-eb6b9e546014'.repeat(3);
	const secrets = [TOKEN, base64(`u:${TOKEN}`).slice(3, -4), encodeURIComponent(TOKEN)];
	for (const secret of secrets) {
		for (let from = 0; from + 16 <= secret.length; from++) {
			const piece = secret.slice(from, from + 16);
			for (let before = 0; before < 8; before++) {
				const shown = redactToken(`${filler.slice(0, 60 + before)}${piece}${filler}`, TOKEN);
				expect(shown).not.toContain(piece);
			}
		}
	}
});

it('finds a token that is shorter than the pieces of others', () => {
	const short = 'k3y-9f8e7d';
	for (let before = 0; before < 8; before++)
		expect(redactToken(`${' '.repeat(before)}${short}.`, short)).not.toContain(short);
});

it.each([400, 401, 404, 502, 200])(
	'hides a token that the host returns with status %i',
	async (status) => {
		const sim = await startSimulator({ records: 0 });
		const header = `Bearer ${sim.token}`;
		const body = {
			message: `refused ${header} or ${base64(header)}`,
			requestId: sim.token,
			data: { id: '1', name: header, notes: base64(`u:${sim.token}`), [sim.token]: 1 },
		};
		sim.faults.add({
			kind: 'status',
			status,
			body: body as never,
			headers: { 'x-request-id': sim.token },
			times: 9,
		});
		const parameters = {
			resource: 'driver',
			operation: 'get',
			driverId: locator('1'),
			simplify: false,
			options: { retries: 0 },
		};
		const { run } = await runSamsara(sim, parameters, { items: itemsOf({}) });
		const shown = JSON.stringify(run.data.resultData);
		expect(shown).toContain('[API token]');
		expect(shown).not.toContain(sim.token);
		expect(shown).not.toContain(base64(sim.token).slice(4, -4));
		await sim.close();
	},
);
