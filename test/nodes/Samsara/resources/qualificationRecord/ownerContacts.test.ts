import type { INodeParameters } from 'n8n-workflow';
import { itemsOf, locator, pollTrigger, rowsOf, runSamsara } from '../../../../samsara';
import { startSimulator, type Settings, type Simulator } from '../../../../simulator/index.mts';
import { newDriver, newRecord, recordsOf, typeNamed } from './fixtures';

/*
 * Whom to remind, and who made a record: the same columns in the rows of all operations and of the trigger.
 */

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ rateLimits: false });
});

afterAll(async () => await sim.close());

beforeEach(() => {
	sim.reset();
	sim.settings.nulls = 'none';
});

const columns = ['ownerName', 'ownerType', 'ownerEmail', 'ownerPhone', 'ownerExternalIds'] as const;

/** The cells of these columns, each of which every row must have. */
function cellsOf(row: Record<string, unknown>): unknown[] {
	for (const column of columns) expect(row).toHaveProperty(column);
	return columns.map((column) => row[column]);
}

function addDriver(name: string, details: object, externalIds = {}): string {
	const id = newDriver(sim, name, externalIds);
	const driver = sim.state.drivers.get(id)!;
	const { phone, ...others } = driver.details;
	expect(phone).toBeDefined();
	driver.details = { ...others, ...details };
	return id;
}

const ADA = ['Ada Byron', 'worker', 'ada@example.com', '2065550199', 'payrollId:ADA, hrId:7'];

const addAda = () =>
	addDriver(
		'Ada Byron',
		{ email: 'ada@example.com', phone: '2065550199' },
		{ payrollId: 'ADA', hrId: '7' },
	);

const records = { resource: 'qualificationRecord', entityType: 'worker' };

function certificate(owner: string, more: INodeParameters = {}): INodeParameters {
	const type = typeNamed(sim, 'Hazmat Certificate');
	return newRecord(type, owner, { 'Certificate Number': 'HZ-1' }, more);
}

const poll = async (parameters: INodeParameters) => await pollTrigger(sim, parameters, 'manual');

test('every operation that looks up owners has the columns, without a further call', async () => {
	const owner = addAda();
	const calls = () => sim.requests.filter(({ path }) => /drivers|assets/.test(path)).length;
	const [created] = await rowsOf(sim, certificate(owner));
	expect(cellsOf(created)).toEqual(ADA);
	expect(calls()).toBe(1);

	const recordId = locator(recordsOf(sim, owner)[0].id);
	const runs: Array<[string, INodeParameters]> = [
		['upsert', certificate(owner, { matchBy: 'ownerAndType' })],
		['update', { recordId, issueDate: '2026-01-16' }],
		['get', { recordId }],
		['getAll', { returnAll: true, filters: { owners: [owner] } }],
		['downloadFiles', { recordId }],
		[
			'checkCompliance',
			{
				who: 'list',
				owners: [owner],
				qualificationTypes: [typeNamed(sim, 'Hazmat Certificate').id],
			},
		],
	];
	for (const [operation, parameters] of runs) {
		sim.requests.length = 0;
		const rows = await rowsOf(sim, { ...parameters, ...records, operation });
		expect([operation, ...rows.map(cellsOf)]).toEqual([operation, ADA]);
		expect(calls()).toBe(1);
	}
	sim.requests.length = 0;
	const [row] = await poll({
		event: 'recordUpdated',
		entityType: 'worker',
		filters: { owners: [owner] },
	});
	expect(cellsOf(row)).toEqual(ADA);
	expect(calls()).toBe(1);
});

test('Check Compliance has them in one row per owner, beside the columns of 1.0.0', async () => {
	const [row] = await rowsOf(sim, {
		...records,
		operation: 'checkCompliance',
		who: 'list',
		owners: [addAda()],
		qualificationTypes: [typeNamed(sim, 'Hazmat Certificate').id],
		oneRowPerOwner: true,
	});
	expect(cellsOf(row)).toEqual(ADA);
	expect(row).toMatchObject({
		email: 'ada@example.com',
		phone: '2065550199',
		externalIds: 'payrollId:ADA, hrId:7',
	});
});

const manners: Array<Settings['nulls']> = ['none', 'empty', 'null', 'missing'];

test.each(manners)('a missing text is null, with empty values as %s', async (nulls) => {
	sim.settings.nulls = nulls;
	const withEmpty = addDriver('Empty', { email: '', phone: '' });
	const withNull = addDriver('Null', { email: null, phone: null });
	const withNothing = addDriver('Nothing', {});
	const owners = [withEmpty, withNull, withNothing, addAda()];
	const created = await rowsOf(sim, certificate('', { ownerId: locator('={{ $json.owner }}') }), {
		items: itemsOf(...owners.map((owner) => ({ owner }))),
	});
	const expected = [
		['Empty', 'worker', null, null, null],
		['Null', 'worker', null, null, null],
		['Nothing', 'worker', null, null, null],
		ADA,
	];
	expect(created.map(cellsOf)).toEqual(expected);
	const listed = await rowsOf(sim, {
		...records,
		operation: 'getAll',
		returnAll: true,
		filters: { owners },
	});
	const byOwner = new Map(listed.map((row) => [row.ownerId, cellsOf(row)]));
	expect(owners.map((owner) => byOwner.get(owner))).toEqual(expected);
});

test('an asset has external IDs, but no email address and no phone number', async () => {
	const rows = await rowsOf(sim, {
		...records,
		entityType: 'asset',
		operation: 'getAll',
		returnAll: true,
	});
	expect(rows.length).toBeGreaterThan(3);
	for (const row of rows) {
		const [name, type, email, phone] = cellsOf(row);
		expect([typeof name, type, email, phone]).toEqual(['string', 'asset', null, null]);
	}
	expect(rows.some(({ ownerExternalIds }) => typeof ownerExternalIds === 'string')).toBe(true);
});

test('raw output has none of them', async () => {
	const owner = addAda();
	const raw = await rowsOf(sim, certificate(owner, { simplify: false }));
	const listed = await rowsOf(sim, {
		...records,
		operation: 'getAll',
		returnAll: true,
		simplify: false,
		filters: { owners: [owner] },
	});
	const polled = await poll({
		event: 'recordUpdated',
		entityType: 'worker',
		simplify: false,
		filters: { owners: [owner] },
	});
	expect(Object.keys(polled[0])).toEqual(['event', 'daysUntilExpiration', 'ownerName', 'record']);
	for (const row of [...raw, ...listed])
		for (const column of [...columns, 'createdByType']) expect(row).not.toHaveProperty(column);
});

describe('who created and last changed a record', () => {
	const actors: Record<string, object | undefined> = {
		driver: { id: '1', type: 'driver' },
		user: { id: '2', type: 'user' },
		otherType: { id: '3', type: 'api' },
		onlyId: { id: '4' },
		none: {},
	};
	const names = Object.keys(actors);
	let recordIds: Record<string, string>;

	beforeEach(async () => {
		await rowsOf(sim, certificate(addAda()), { items: itemsOf(...names.map(() => ({}))) });
		const made = [...sim.state.records.values()].slice(-names.length);
		recordIds = Object.fromEntries(
			made.map((record, n) => {
				Object.assign(record, { createdBy: actors[names[n]], updatedBy: actors.user });
				return [record.id, names[n]];
			}),
		);
	});

	const list = async (filters: INodeParameters) =>
		(await rowsOf(sim, { ...records, operation: 'getAll', returnAll: true, filters }))
			.map(({ id }) => recordIds[id as string])
			.filter(Boolean)
			.sort();

	test.each(manners)('filters, with empty values as %s', async (nulls) => {
		sim.settings.nulls = nulls;
		expect(await list({ createdBy: ['driver'] })).toEqual(['driver']);
		expect(await list({ createdBy: ['user'] })).toEqual(['user']);
		expect(await list({ createdBy: ['other'] })).toEqual(['none', 'onlyId', 'otherType']);
		expect(await list({ createdBy: ['driver', 'user'], updatedBy: 'user' })).toEqual([
			'driver',
			'user',
		]);
		expect(await list({ updatedBy: ['driver', 'other'] })).toEqual([]);
		expect(await list({ createdBy: [] })).toEqual([...names].sort());
	});

	test.each([
		['createdBy', 'Created By'],
		['updatedBy', 'Last Changed By'],
	])('another value in %s is refused before any call', async (name, label) => {
		sim.requests.length = 0;
		const { error } = await runSamsara(sim, {
			...records,
			operation: 'getAll',
			filters: { [name]: ['drivers'] },
		});
		expect(error?.message).toContain(`'${label}' is 'drivers'`);
		expect(sim.requests).toEqual([]);
	});
});
