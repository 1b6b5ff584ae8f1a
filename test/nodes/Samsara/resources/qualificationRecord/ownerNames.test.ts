import type { INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../../nodes/Samsara/api/clock';
import { itemsOf, locator, rowsOf, runSamsara, speedUp } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { newDriver, newRecord, recordsOf, typeNamed, writes } from './fixtures';

/*
 * The name of the owner in the rows of Create, Create or Update and Update.
 */

let sim: Simulator;
let restoreClock: () => void;

beforeAll(async () => {
	sim = await startSimulator({ rateLimits: false, now: () => new Date(clock.now()) });
	restoreClock = speedUp(1000);
});

afterAll(async () => {
	restoreClock();
	await sim.close();
});

beforeEach(() => {
	sim.reset();
	sim.settings.scopes = undefined;
});

/** A record of a type without required fields. */
function newCertificate(ownerId: string, more: INodeParameters = {}): INodeParameters {
	return newRecord(
		typeNamed(sim, 'Hazmat Certificate'),
		ownerId,
		{ 'Certificate Number': 'HZ-1' },
		more,
	);
}

/** The requests that read owners. */
const ownerReads = () =>
	sim.requests
		.filter(({ method, path }) => method === 'GET' && /drivers|assets/.test(path))
		.map(({ path, query }) => [path, Object.fromEntries(new URLSearchParams(query))]);

const byItem = { ownerId: locator('={{ $json.owner }}') };

it('Create reads the owner by ID, once for all records of that owner', async () => {
	const [ada, joe] = [newDriver(sim, 'Ada Byron'), newDriver(sim, 'Joe Moon')];
	const rows = await rowsOf(sim, newCertificate('', byItem), {
		items: itemsOf({ owner: ada }, { owner: joe }, { owner: ada }),
	});
	expect(rows.map(({ ownerName }) => ownerName)).toEqual(['Ada Byron', 'Joe Moon', 'Ada Byron']);
	expect(ownerReads()).toEqual([
		[`/fleet/drivers/${ada}`, {}],
		[`/fleet/drivers/${joe}`, {}],
	]);
});

it('the names of many drivers are read page by page, those of assets together', async () => {
	const owners = Array.from({ length: 11 }, (_, n) => newDriver(sim, `Driver ${n}`));
	const rows = await rowsOf(sim, newCertificate('', byItem), {
		items: itemsOf(...owners.map((owner) => ({ owner }))),
	});
	expect(rows.map(({ ownerName }) => ownerName)).toEqual(owners.map((_, n) => `Driver ${n}`));
	expect(ownerReads()).toEqual([['/fleet/drivers', { limit: '512' }]]);

	sim.reset();
	const trailers = [...sim.state.trailers.values()].slice(0, 3);
	const inspections = await rowsOf(
		sim,
		newRecord(
			typeNamed(sim, 'Vehicle Registration'),
			'',
			{},
			{
				...byItem,
				fieldsMode: 'json',
				fieldsJson: '={{ JSON.stringify($json.fields ?? {}) }}',
			},
		),
		{
			items: itemsOf(...trailers.map(({ id }) => ({ owner: id, fields: requiredFields() }))),
		},
	);
	expect(inspections.map(({ ownerName }) => ownerName)).toEqual(trailers.map(({ name }) => name));
	expect(ownerReads()).toEqual([
		['/assets', { ids: trailers.map(({ id }) => id).join(','), includeExternalIds: 'true' }],
	]);
});

/** A value for each required field of a vehicle registration. */
function requiredFields() {
	const values = { number: 1, datetime: '2026-01-14' } as Record<string, unknown>;
	return Object.fromEntries(
		typeNamed(sim, 'Vehicle Registration')
			.fields.filter(({ isRequired }) => isRequired)
			.map(({ label, type, options }) => [label, options?.[0].label ?? values[type] ?? 'x']),
	) as INodeParameters;
}

it('an owner that is named by an external ID is read only once', async () => {
	newDriver(sim, 'Ada Byron', { payrollId: 'ADA' });
	const [row] = await rowsOf(
		sim,
		newCertificate('', { ownerId: locator('payrollId:ADA', 'externalId') }),
	);
	expect(row.ownerName).toBe('Ada Byron');
	expect(ownerReads()).toEqual([['/fleet/drivers/payrollId%3AADA', {}]]);
});

it('Create or Update, and Update, have the name as well', async () => {
	const owner = newDriver(sim, 'Ada Byron');
	const upsert = newCertificate(owner, { operation: 'upsert', matchBy: 'ownerAndType' });
	for (const created of [true, false]) {
		const [row] = await rowsOf(sim, upsert);
		expect(row).toMatchObject({ created, ownerName: 'Ada Byron' });
	}
	const next = newDriver(sim, 'Joe Moon');
	const [row] = await rowsOf(sim, {
		resource: 'qualificationRecord',
		operation: 'update',
		entityType: 'worker',
		recordId: locator(recordsOf(sim, owner)[0].id),
		updateFields: { ownerId: locator(next) },
	});
	expect(row.ownerName).toBe('Joe Moon');
});

describe('a write succeeds even if the name cannot be read', () => {
	it('because the token may not read drivers', async () => {
		sim.settings.scopes = ['Read Qualification Records', 'Write Qualification Records'];
		const owner = newDriver(sim);
		const { rows, error, run } = await runSamsara(sim, newCertificate(owner), {
			items: itemsOf({}, {}),
		});
		expect(error).toBeUndefined();
		expect(rows.map(({ ownerName }) => ownerName)).toEqual([null, null]);
		expect(recordsOf(sim, owner)).toHaveLength(2);
		const { hints } = run.data.resultData.runData.Node[0];
		expect(hints).toHaveLength(1);
		expect(hints![0].message).toContain('Read Drivers');
	});

	it.each([500, 404, 401, 400])('because Samsara responds with %s', async (status) => {
		const owner = newDriver(sim);
		sim.faults.add({ kind: 'status', path: '/fleet/drivers/:id', status, times: 99 });
		const { rows, error, run } = await runSamsara(sim, newCertificate(owner));
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ ownerName: null, ownerId: owner });
		expect(run.data.resultData.runData.Node[0].hints).toHaveLength(1);
	});

	it('and the other owners have their names', async () => {
		const known = newDriver(sim, 'Ada Byron');
		const unknown = newDriver(sim, 'Gone');
		sim.faults.add({ kind: 'status', path: `/fleet/drivers/${unknown}`, status: 404 });
		const { rows } = await runSamsara(sim, newCertificate('', byItem), {
			items: itemsOf({ owner: unknown }, { owner: known }),
		});
		expect(rows.map(({ ownerName }) => ownerName)).toEqual([null, 'Ada Byron']);
	});
});

it('reads no owner if Simplify or the option is off, or if the run fails', async () => {
	const owner = newDriver(sim);
	const [response] = await rowsOf(sim, newCertificate(owner, { simplify: false }));
	expect(response).not.toHaveProperty('ownerName');
	const [row] = await rowsOf(sim, newCertificate(owner, { options: { lookUpOwnerNames: false } }));
	expect(row.ownerName).toBeNull();
	const { error } = await runSamsara(sim, newCertificate('', byItem), {
		items: itemsOf({ owner }, { owner: '' }),
	});
	expect(error?.message).toContain("'Owner' is empty");
	expect(writes(sim).length).toBeGreaterThan(2);
	expect(ownerReads()).toEqual([]);
});
