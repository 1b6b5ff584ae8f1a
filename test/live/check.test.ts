import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/index.mts';
import { check, facts, report, UNANSWERED } from './check.mts';
import { hostOf, LiveClient } from './client.mts';
import { clean, findByPrefix, PREFIX, Throwaway } from './throwaway.mts';
import type { Runs } from './throwaway.mts';
import { readPage } from '../docs/pages.mts';

/** A journal in memory. */
function journal(): Runs {
	let runs: string[] = [];
	return {
		get runs() {
			return runs;
		},
		add: (run: string) => {
			runs.push(run);
		},
		clear: () => {
			runs = [];
		},
	};
}

let sim: Simulator;

afterEach(async () => await sim.close());

async function start(options: SimulatorOptions = {}) {
	sim = await startSimulator({ drivers: 8, records: 40, ...options });
	return new LiveClient({ host: sim.url, token: sim.token });
}

async function readings(options: SimulatorOptions = {}, prepare = () => {}) {
	const live = await start(options);
	prepare();
	const results = await check(live, journal(), { write: true });
	return Object.fromEntries(results.map(({ id, reading }) => [id, reading]));
}

const byDefault = {
	'stream-end': 'endless',
	'repeated-rows': 'once',
	'date-zone': 'midnight',
	workers: 'drivers',
	'old-limits': 'within',
	license: 'all',
	'driver-attributes': 'replace',
	'trailer-attributes': 'replace',
	'attribute-values': 'replace',
	'attribute-entities': 'replace',
	'attribute-entity-values': 'actual',
	'empty-members': 'documented',
	'updated-after': 'yes',
	conditions: 'any',
	'record-external-ids': 'merge',
	'external-id-removal': 'either',
	'asset-responses': 'complete',
	'asset-external-id': 'yes',
	carrier: 'replace',
	'driver-clearing': 'empty',
	'api-actor': 'user',
	'external-id-calls': 'yes',
	'written-dates': 'same',
	'empty-response': 'empty',
	'moving-pages': 'stable',
};

it('settles every fact with the assumptions of the simulator', async () => {
	expect(await readings()).toEqual(byDefault);
	expect(Object.keys(byDefault)).toEqual(facts.map(({ id }) => id));
});

const switches: Array<[SimulatorOptions, Partial<Record<keyof typeof byDefault, string>>]> = [
	[{ streamWithoutEnd: 'ends' }, { 'stream-end': 'ends' }],
	[{ repeatEntries: true }, { 'repeated-rows': 'repeated' }],
	[{ attributeWrites: 'merge' }, { 'driver-attributes': 'merge' }],
	[{ attributeEntities: 'merge' }, { 'attribute-values': 'merge', 'attribute-entities': 'merge' }],
	[{ attributeEntityValues: 'null' }, { 'attribute-entity-values': 'null' }],
	[{ nulls: 'null' }, { 'empty-members': 'null' }],
	[{ nulls: 'missing' }, { 'empty-members': 'missing' }],
	[{ nulls: 'empty' }, { 'empty-members': 'empty' }],
	[{ attributesCountAsChange: false }, { 'updated-after': 'no' }],
	[{ attributeConditions: 'semicolon' }, { conditions: 'semicolon' }],
	[{ attributeConditions: 'repeated' }, { conditions: 'repeated' }],
	[{ recordExternalIds: 'replace' }, { 'record-external-ids': 'replace' }],
	[{ externalIdRemoval: 'empty' }, { 'external-id-removal': 'empty' }],
	[{ externalIdRemoval: 'null' }, { 'external-id-removal': 'null' }],
	[{ externalIdRemoval: 'literal' }, { 'external-id-removal': 'literal' }],
	[{ externalIdRemoval: 'omission' }, { 'external-id-removal': 'omission' }],
	[{ externalIdRemoval: 'never' }, { 'external-id-removal': 'never' }],
	[{ assetResponses: 'bare' }, { 'asset-responses': 'bare' }],
	[{ carrierSettings: 'merge' }, { carrier: 'merge' }],
	[{ driverClearing: '0' }, { 'driver-clearing': 'zero' }],
	[{ driverClearing: 'null' }, { 'driver-clearing': 'null' }],
	[{ driverClearing: 'ignored' }, { 'driver-clearing': 'never' }],
	[{ apiActor: 'driver' }, { 'api-actor': 'driver' }],
	[{ externalIdsEverywhere: false }, { 'external-id-calls': 'no', 'asset-external-id': 'no' }],
	[{ recordDateShiftHours: 7 }, { 'date-zone': 'other', 'written-dates': 'shifted' }],
	[{ emptyBody: 'OK' }, { 'empty-response': 'body' }],
	[{ pagination: 'offset' }, { 'moving-pages': 'shifting' }],
	[{ pageSize: 3 }, {}],
	[{ clockOffsetMs: 3_600_000 }, {}],
];

it.each(switches)('tells %j apart', async (options, expected) => {
	expect(await readings(options)).toEqual({ ...byDefault, ...expected });
});

it('distinguishes owners who are not drivers', async () => {
	const result = await readings({}, () => {
		const record = [...sim.state.records.values()].find(
			({ owner, recordStatus }) => owner.entityType === 'worker' && recordStatus === 'active',
		)!;
		sim.state.drivers.delete(record.owner.id);
	});
	expect(result.workers).toBe('others');
});

it('distinguishes accounts that exceed the limits of the older guide', async () => {
	const live = await start({ extraAttributes: 25 });
	const results = await check(live, journal(), {});
	expect(results.find(({ id }) => id === 'old-limits')!.reading).toBe('exceeded');
});

it('distinguishes a missing license', async () => {
	const live = await start({ scopes: ['Read Drivers'] });
	const results = await check(live, journal(), {});
	const license = results.find(({ id }) => id === 'license')!;
	expect(license.reading).toBe('refused');
	expect(results.find(({ id }) => id === 'stream-end')!.verdict).toBe('not checked');
});

it('only reads unless told otherwise', async () => {
	const live = await start();
	await check(live, journal(), {});
	expect(new Set(sim.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
});

const existing = () => ({
	drivers: [...sim.state.drivers.values()].filter(({ name }) => !name.startsWith(PREFIX)),
	vehicles: [...sim.state.vehicles.values()],
	trailers: [...sim.state.trailers.values()],
	assets: [...sim.state.otherAssets.values()],
	attributes: [...sim.state.attributes.values()],
	records: [...sim.state.records.values()].filter(({ recordStatus }) => recordStatus !== 'deleted'),
});

it('changes nothing that it did not make, and removes all that it made; drivers are deactivated', async () => {
	const live = await start();
	const before = JSON.stringify(existing());
	const runs = journal();
	await check(live, runs, { write: true });
	expect(JSON.stringify(existing())).toBe(before);
	const own = [...sim.state.drivers.values()].filter(({ name }) => name.startsWith(PREFIX));
	expect(own.length).toBeGreaterThan(0);
	for (const driver of own) expect(driver.driverActivationStatus).toBe('deactivated');
	expect(runs.runs).toEqual([]);
});

it('removes everything if it is stopped at any fact, or if Samsara fails in the middle', async () => {
	const live = await start();
	for (let stopAfter = 7; stopAfter < facts.length; stopAfter += 3) {
		const stop = new AbortController();
		let count = 0;
		const onResult = () => {
			if (++count === stopAfter) stop.abort();
		};
		const results = await check(live, journal(), { write: true, signal: stop.signal, onResult });
		expect(results).toHaveLength(stopAfter);
		expect(await findByPrefix(live)).toEqual([]);
	}
	sim.faults.add({ kind: 'status', method: 'POST', path: '/fleet/drivers', after: 2, times: 50 });
	const results = await check(live, journal(), { write: true });
	expect(results.filter(({ verdict }) => verdict === 'not checked').length).toBeGreaterThan(3);
	expect(await findByPrefix(live)).toEqual([]);
});

it('finds what a killed run left behind, also if the response to a creation was lost', async () => {
	const live = await start();
	const runs = journal();
	const things = await Throwaway.start(live, runs);
	await things.attribute();
	await things.record(String((await things.driver()).id));
	sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/trailers', applied: true });
	await expect(things.trailer()).rejects.toThrow('got no response');
	await expect(check(live, runs, { write: true })).rejects.toThrow('--clean first');
	expect(await clean(live, runs)).toBe(3);
	expect(await findByPrefix(live)).toEqual([]);
	expect(await clean(live, runs)).toBe(0);
});

it('refuses to run or clean if something has the prefix that it did not make, and leaves it alone', async () => {
	const live = await start();
	const other = await Throwaway.start(live, journal());
	await other.trailer();
	const before = JSON.stringify(existing());
	const runs = journal();
	for (const attempt of [check(live, runs, { write: true }), clean(live, runs)]) {
		await expect(attempt).rejects.toThrow(/1 things \(trailer\).* no run on this machine has made/);
	}
	expect(JSON.stringify(existing())).toBe(before);
	expect(sim.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
});

it('waits after a 429, and never repeats a write that may have arrived', async () => {
	const live = await start();
	const headers = { 'retry-after': '0.01' };
	const path = '/fleet/trailers';
	sim.faults.add({ kind: 'status', method: 'POST', path, status: 429, headers });
	sim.faults.add({ kind: 'status', method: 'POST', path, status: 503, applied: true });
	const things = await Throwaway.start(live, journal());
	await expect(things.trailer()).rejects.toThrow('POST /fleet/trailers returned status 503');
	expect(sim.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
});

it('reports without names, IDs, or the token', async () => {
	const live = await start();
	sim.faults.add({ kind: 'echo', path: '/fleet/drivers', after: 3, times: 1 });
	const page = report(await check(live, journal(), { write: true }), {
		version: '1.1.0',
		region: 'us',
		write: true,
	});
	expect(page).not.toContain(sim.token);
	expect(page).not.toContain(PREFIX);
	expect(page).not.toMatch(/[0-9a-f]{8}-|\d{6}/);
	const { drivers, attributes } = sim.state;
	for (const { name } of [...drivers.values(), ...attributes.values()]) {
		expect(page).not.toContain(name);
	}
	expect(page.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(facts.length + 1);
});

describe('the token', () => {
	beforeEach(async () => void (await start()));

	it.each(['http://evil.example', 'https://a@evil.example', 'mars', ''])(
		'is not sent to %j',
		(region) => {
			expect(() => hostOf(region)).toThrow('SAMSARA_REGION must be');
		},
	);

	it('is not sent along a redirect', async () => {
		const elsewhere = await startSimulator({ records: 0 });
		const headers = { location: `${elsewhere.url}/me` };
		sim.faults.add({ kind: 'status', path: '/me', status: 302, headers });
		const live = new LiveClient({ host: hostOf(sim.url), token: sim.token });
		expect((await live.send('GET', '/me')).status).toBe(302);
		expect(elsewhere.requests).toHaveLength(0);
		await elsewhere.close();
	});
});

it('every question of the page on open questions has a check, or is known to have none', async () => {
	await start();
	const questions = [...readPage('docs/open-questions.md').matchAll(/^\| (.+?\?.*?) \|/gm)].map(
		([, question]) => question,
	);
	expect(questions.length).toBeGreaterThan(8);
	const checked = facts.map(({ question }) => question);
	expect(questions.filter((question) => !checked.includes(question)).sort()).toEqual(
		[...UNANSWERED].sort(),
	);
});
