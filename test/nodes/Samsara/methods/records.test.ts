import { clock } from '../../../../nodes/Samsara/api/clock';
import { listSearch } from '../../../../nodes/Samsara/methods';
import { editorContext } from '../../../samsara';
import {
	startSimulator,
	type QualificationRecord,
	type Settings,
	type Simulator,
} from '../../../simulator/index.mts';
import { newDriver, recordsOf, typeNamed } from '../resources/qualificationRecord/fixtures';

const STREAM = '/qualification-records/stream';

const { monotonic } = clock;

let sim: Simulator;
let tokens = 0;

beforeAll(async () => {
	sim = await startSimulator({ drivers: 130, vehicles: 12, records: 700 });
});

beforeEach(() => {
	sim.reset();
	// Nothing is remembered for a new token.
	sim.settings.token = `token-${++tokens}`;
	sim.settings.scopes = undefined;
});

afterEach(() => {
	clock.monotonic = monotonic;
});

afterAll(async () => await sim.close());

type Account = Pick<Simulator, 'url' | 'token'>;

interface Options {
	token?: string;
	operation?: string;
	entityType?: string;
	account?: Account;
}

async function search(
	filter?: string,
	{ token, operation = 'get', entityType = 'worker', account = sim }: Options = {},
) {
	const form = { resource: 'qualificationRecord', operation, entityType };
	const page = await listSearch.searchRecords.call(editorContext(account, form), filter, token);
	return { ...page, token: page.paginationToken as string | undefined };
}

/** All pages. `between` is called before each page but the first. */
async function searchAll(filter?: string, options: Options = {}, between?: (page: number) => void) {
	const results: Array<{ name: string; value: unknown }> = [];
	let { token } = options;
	for (let page = 0; page === 0 || token; page++) {
		if (page > 0) between?.(page);
		const { results: rows, token: next } = await search(filter, { ...options, token });
		results.push(...rows);
		token = next;
	}
	return results;
}

const recordOf = ({ value }: { value: unknown }, account = sim) =>
	account.state.records.get(String(value))!;

const nameOf = ({ owner }: QualificationRecord, account = sim) =>
	account.state.owner(owner.entityType, owner.id)?.name ?? owner.id;

const undeleted = (account = sim) =>
	account.state.recordsByChange().filter(({ recordStatus }) => recordStatus !== 'deleted');

/** Adds a record of a seeded type, with the fields of another. */
function newRecord(owner: string, typeName: string, change: Partial<QualificationRecord> = {}) {
	const type = typeNamed(sim, typeName);
	const model = undeleted().find(({ typeId }) => typeId === type.id)!;
	const record = {
		...model,
		id: sim.state.newUuid(),
		owner: { entityType: type.entityType, id: owner },
		externalIds: {},
		recordStatus: 'active' as const,
		...change,
	};
	sim.state.change(record, new Date());
	return record.id;
}

const inOrder = (names: string[]) => {
	const { compare } = new Intl.Collator('en', { numeric: true });
	expect(names).toEqual([...names].sort(compare));
};

describe('the list of records', () => {
	it('shows owner, type and expiration, sorted by owner', async () => {
		const { results } = await search();
		expect(results.length).toBeGreaterThanOrEqual(50);
		const records = results.map((row) => recordOf(row));
		inOrder(records.map((record) => nameOf(record)));
		const at = records.findIndex(
			({ expirationDate, recordStatus }) => expirationDate && recordStatus === 'active',
		);
		const { typeId, expirationDate = '' } = records[at];
		expect(results[at].name).toBe(
			[
				nameOf(records[at]),
				sim.state.qualificationTypes.get(typeId)!.name,
				`expires ${expirationDate.slice(0, 10)}`,
			].join(' · '),
		);
	});

	it('shows the records of one owner by type, the one that is valid longest first', async () => {
		const owner = newDriver(sim, 'Quentin Order');
		newRecord(owner, 'Medical Card', {
			recordStatus: 'archived',
			expirationDate: '2031-01-01T00:00:00Z',
		});
		newRecord(owner, 'Training Record', { expirationDate: undefined });
		newRecord(owner, 'Medical Card', { expirationDate: '2027-01-01T00:00:00Z' });
		newRecord(owner, 'Medical Card', { expirationDate: '2029-01-01T00:00:00Z' });
		newRecord(owner, 'Medical Card', { expirationDate: undefined });
		expect((await search('quentin')).results.map(({ name }) => name)).toEqual([
			'Quentin Order · Medical Card · does not expire',
			'Quentin Order · Medical Card · expires 2029-01-01',
			'Quentin Order · Medical Card · expires 2027-01-01',
			'Quentin Order · Medical Card · archived · expires 2031-01-01',
			'Quentin Order · Training Record · does not expire',
		]);
	});

	it('tells namesakes apart', async () => {
		const [first, second] = [1, 2].map(() => newDriver(sim, 'Nora Same'));
		newRecord(first, 'Training Record', { expirationDate: undefined });
		newRecord(second, 'Training Record', { expirationDate: undefined });
		expect((await search('nora same')).results.map(({ name }) => name)).toEqual([
			`Nora Same · u${first} · Training Record · does not expire`,
			`Nora Same · u${second} · Training Record · does not expire`,
		]);
	});

	it('has every record once: drivers by name, then assets, then owners in no list', async () => {
		const deleted = newRecord('4711000', 'Medical Card');
		const rows = await searchAll();
		expect(rows.map(({ value }) => value).sort()).toEqual(
			undeleted()
				.map(({ id }) => id)
				.sort(),
		);
		const records = rows.map((row) => recordOf(row));
		const of = (entityType: string) =>
			records.filter(({ id, owner }) => owner.entityType === entityType && id !== deleted);
		expect(records.map(({ id }) => id)).toEqual([
			...of('worker').map(({ id }) => id),
			...of('asset').map(({ id }) => id),
			deleted,
		]);
		inOrder(of('worker').map((record) => nameOf(record)));
		inOrder(of('asset').map((record) => nameOf(record)));
		expect(rows.at(-1)!.name).toMatch(/^4711000 · Medical Card/);
		sim.state.records.delete(deleted);
		sim.state.reindex();
	});

	it('has no gaps and no repeated records if owners are added while it is read', async () => {
		const before = undeleted().map(({ id }) => id);
		const added: string[] = [];
		const rows = await searchAll('', {}, (page) => {
			added.push(newDriver(sim, `Aaron ${page}`), newDriver(sim, `Zoltan ${page}`));
			clock.monotonic = () => monotonic() + page * 61_000;
		});
		for (const id of added) sim.state.drivers.delete(id);
		expect(added.length).toBeGreaterThan(6);
		expect(rows.map(({ value }) => value).sort()).toEqual(before.sort());
	});

	it('is limited to what the operation applies to', async () => {
		const statuses = async (operation: string) =>
			new Set((await search('', { operation })).results.map((row) => recordOf(row).recordStatus));
		expect(await statuses('get')).toEqual(new Set(['active', 'archived']));
		expect(await statuses('archive')).toEqual(new Set(['active']));
		expect(await statuses('unarchive')).toEqual(new Set(['archived']));
		const { results } = await search('', { operation: 'update', entityType: 'asset' });
		const entityTypes = results.map((row) => recordOf(row).owner.entityType);
		expect(new Set(entityTypes)).toEqual(new Set(['asset']));
	});

	it('opens with one call for records, whatever the number of owners', async () => {
		await search();
		const paths = sim.requests.map(({ path }) => path);
		expect(paths.filter((path) => path !== '/fleet/drivers')).toEqual([STREAM]);
	});

	it('is read in few calls if few owners have records', async () => {
		const account = await startSimulator({ drivers: 1500, records: 40, vehicles: 0 });
		try {
			const inspection = undeleted(account).find(({ owner }) => owner.entityType === 'asset')!;
			inspection.owner.id = '4711000';
			const rows = await searchAll('', { account });
			const streams = account.requests.filter(({ path }) => path === STREAM);
			expect(rows).toHaveLength(undeleted(account).length);
			expect(streams.length).toBeLessThanOrEqual(7);
			const drivers = rows
				.map((row) => recordOf(row, account))
				.filter(({ owner }) => owner.entityType === 'worker');
			inOrder(drivers.map((record) => nameOf(record, account)));
		} finally {
			await account.close();
		}
	});

	it('is read completely even if all of many records changed at the same time', async () => {
		const account = await startSimulator({ drivers: 0, vehicles: 9, records: 90, pageSize: 5 });
		try {
			const moment = new Date('2026-05-01T00:00:00Z');
			for (const [n, record] of [...account.state.records.values()].entries())
				account.state.change(record, new Date(n < 60 ? moment : moment.getTime() + n));
			account.settings.scopes = ['Read Qualification Records'];
			const rows = await searchAll('', { account });
			expect(rows.map(({ value }) => value).sort()).toEqual(
				undeleted(account)
					.map(({ id }) => id)
					.sort(),
			);
		} finally {
			await account.close();
		}
	});

	it('shows owner IDs if the token may not read the owners', async () => {
		sim.settings.scopes = ['Read Qualification Records'];
		const rows = await searchAll('', { operation: 'update' });
		expect(rows.every(({ name }) => /^\d+ · /.test(name))).toBe(true);
		const workers = undeleted().filter(({ owner }) => owner.entityType === 'worker');
		expect(rows).toHaveLength(workers.length);
		const [{ owner }] = workers;
		const found = (await search(owner.id)).results.map((row) => recordOf(row).owner.id);
		expect(found).toEqual(recordsOf(sim, owner.id).map(() => owner.id));
	});

	it.each(['none', 'null', 'missing'] as const)(
		'can be empty and is always requested with an end time, lists being %s',
		async (nulls) => {
			const account = await startSimulator({ seed: 'empty', nulls });
			try {
				expect(await search('', { account })).toMatchObject({ results: [], token: undefined });
				expect(await search('tyler', { account })).toMatchObject({ results: [] });
				const streams = account.requests.filter(({ path }) => path === STREAM);
				expect(streams.length).toBeGreaterThan(0);
				expect(streams.every(({ query }) => query.includes('endTime='))).toBe(true);
			} finally {
				await account.close();
			}
		},
	);

	it('has the records of an account without drivers', async () => {
		const options = { drivers: 0, vehicles: 5, records: 20, nulls: 'missing' };
		const account = await startSimulator(options as Partial<Settings>);
		try {
			expect(await searchAll('', { account })).toHaveLength(undeleted(account).length);
		} finally {
			await account.close();
		}
	});

	it("shows Samsara's message if records or owners cannot be read", async () => {
		sim.settings.scopes = [];
		await expect(search()).rejects.toThrow(/Read Qualification Records/);
		sim.settings.scopes = undefined;
		sim.faults.add({ kind: 'status', status: 400, path: '/fleet/drivers' });
		await expect(search()).rejects.toThrow(/400/);
	});

	it('never shows names of another account', async () => {
		const account = await startSimulator({ drivers: 40, records: 150 });
		try {
			for (const driver of account.state.drivers.values()) driver.name = `Other ${driver.name}`;
			account.settings.token = sim.token;
			await search();
			const { results } = await search('', { account });
			expect(results.every(({ name }) => name.startsWith('Other '))).toBe(true);
		} finally {
			await account.close();
		}
	});
});

describe('the search for a record', () => {
	const ids = async (filter: string, options: Options = {}) =>
		(await searchAll(filter, options)).map(({ value }) => value).sort();
	const expected = (matches: (record: QualificationRecord) => boolean) =>
		undeleted()
			.filter(matches)
			.map(({ id }) => id)
			.sort();
	const typeOf = ({ typeId }: QualificationRecord) =>
		sim.state.qualificationTypes.get(typeId)!.name;

	it('finds records by words of owner and type, in any order', async () => {
		const isaiahs = expected(
			(record) => /isaiah/i.test(nameOf(record)) && typeOf(record) === 'Medical Card',
		);
		expect(isaiahs.length).toBeGreaterThan(3);
		expect(await ids('isaiah medical')).toEqual(isaiahs);
		expect(await ids(' Card ISAIAH ')).toEqual(isaiahs);
	});

	it('makes few calls for the records of one name', async () => {
		await search('isaiah medical');
		await search('isaiah medic');
		const counts = (path: string) => sim.requests.filter((request) => request.path === path).length;
		expect(counts(STREAM)).toBe(2);
		expect(counts('/fleet/drivers')).toBe(2);
		expect(counts('/qualification-types')).toBe(2);
	});

	it('finds records by type', async () => {
		expect(await ids('hazmat')).toEqual(
			expected((record) => typeOf(record) === 'Hazmat Certificate'),
		);
		sim.requests.length = 0;
		const { results } = await search('hazmat');
		const [{ query }] = sim.requests;
		expect(query).toContain(`qualificationTypeIds=${typeNamed(sim, 'Hazmat Certificate').id}`);
		inOrder(results.map((row) => nameOf(recordOf(row))));
	});

	it('finds records by status and date', async () => {
		expect(await ids('archived')).toEqual(
			expected(({ recordStatus }) => recordStatus === 'archived'),
		);
		const streams = sim.requests.filter(({ path }) => path === STREAM);
		expect(streams[0].query).toContain('ownerIds=');
		const { expirationDate = '' } = undeleted().find((record) => record.expirationDate)!;
		const day = expirationDate.slice(0, 10);
		expect(await ids(day)).toEqual(
			expected((record) => record.expirationDate?.startsWith(day) === true),
		);
	});

	it('finds records by username, ID and external ID of their owner', async () => {
		const owner = newDriver(sim, 'Paul Lookup', { payrollId: 'PX-77' });
		const id = newRecord(owner, 'Medical Card');
		for (const filter of [owner, `u${owner}`, 'px-77', 'payrollId:PX-77', `${owner} medical`])
			expect(await ids(filter)).toEqual([id]);
	});

	it('finds records of deactivated drivers', async () => {
		const owner = newDriver(sim, 'Dora Deactivated');
		sim.state.drivers.get(owner)!.driverActivationStatus = 'deactivated';
		const id = newRecord(owner, 'Medical Card');
		expect(await ids('dora')).toEqual([id]);
	});

	it('finds a record by its own ID or external ID, in one call', async () => {
		const owner = newDriver(sim, 'Rita Record');
		const id = newRecord(owner, 'Medical Card', { externalIds: { hrCardId: 'Card 9-A' } });
		sim.state.reindex();
		await search();
		for (const filter of [id, id.toUpperCase(), ` ${id} `, 'hrCardId:Card 9-A']) {
			sim.requests.length = 0;
			const { results } = await search(filter);
			expect(results).toEqual([expect.objectContaining({ value: id })]);
			expect(results[0].name).toMatch(/^Rita Record · /);
			expect(sim.requests.map(({ path }) => path)).toEqual(['/qualification-records']);
		}
		expect(await ids(id, { operation: 'unarchive' })).toEqual([]);
		expect(await ids(id, { operation: 'update', entityType: 'asset' })).toEqual([]);
		sim.state.change({ ...sim.state.records.get(id)!, recordStatus: 'deleted' }, new Date());
		expect(await ids(id)).toEqual([]);
	});

	it('does not show a deleted record, should Samsara return it by its ID', async () => {
		const [{ id }] = undeleted();
		const headers = { authorization: `Bearer ${sim.token}` };
		const response = await fetch(`${sim.url}/qualification-records?ids=${id}`, { headers });
		const { data } = (await response.json()) as { data: object[] };
		const body = { data: [{ ...data[0], recordStatus: 'deleted' }] };
		sim.faults.add({ kind: 'status', status: 200, path: '/qualification-records', body });
		expect(await ids(id)).toEqual([]);
	});

	it('finds a record by the value of its external ID alone, in few calls', async () => {
		const withExternalId = undeleted().filter((record) => 'hrRecordId' in record.externalIds);
		const { id, externalIds } = withExternalId[withExternalId.length - 1];
		await search();
		sim.requests.length = 0;
		const { results, token } = await search(externalIds.hrRecordId);
		expect(results.map(({ value }) => value)).toEqual([id]);
		expect(token).toBeUndefined();
		expect(sim.requests).toHaveLength(3);
		sim.requests.length = 0;
		await search(externalIds.hrRecordId);
		expect(sim.requests.map(({ path }) => path)).toEqual(['/qualification-records']);
	});

	it('finds records by the value of an external ID, together with other words', async () => {
		const owner = newDriver(sim, 'Vera Value');
		const id = newRecord(owner, 'Medical Card', { externalIds: { hrCardId: 'QX-9' } });
		expect(await ids('qx-9')).toEqual([id]);
		expect(await ids('vera qx-9')).toEqual([id]);
	});

	it('finds records of owners that are in no list', async () => {
		const id = newRecord('4711000', 'Hazmat Certificate');
		expect(await ids('4711000')).toEqual([id]);
		expect(await ids('hazmat')).toContain(id);
		sim.state.records.delete(id);
		sim.state.reindex();
	});

	it('does not read the records of everyone for a person who has none', async () => {
		newDriver(sim, 'Ursula Unqualified');
		expect(await ids('ursula')).toEqual([]);
		expect(await ids('ursula medical')).toEqual([]);
		const streams = sim.requests.filter(({ path }) => path === STREAM);
		expect(streams.every(({ query }) => query.includes('ownerIds='))).toBe(true);
	});

	it('stops after some seconds, and continues from there', async () => {
		let reads = 0;
		clock.monotonic = () => monotonic() + reads++ * 500;
		const { results, token } = await search('zzz-not-there');
		expect(results).toEqual([]);
		expect(token).toBeDefined();
		expect(await searchAll('zzz-not-there', { token })).toEqual([]);
	});
});
