import type { INodeParameters } from 'n8n-workflow';
import { itemsOf, locator, rowsOf, runSamsara } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { newDriver, newRecord, recordsOf, typeNamed, writes } from './fixtures';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ drivers: 3, records: 5 });
});

afterAll(async () => await sim.close());

beforeEach(() => sim.reset());

const ids = (...pairs: string[]) => ({
	externalIds: {
		ids: pairs.map((pair) => {
			const [key, ...value] = pair.split(':');
			return { key, value: value.join(':') };
		}),
	},
});

function certificate(owner: string, number: string, more: INodeParameters = {}): INodeParameters {
	return newRecord(
		typeNamed(sim, 'Hazmat Certificate'),
		owner,
		{ 'Certificate Number': number },
		more,
	);
}

describe('rejects an ID with a comma, which could match other entities, before any request', () => {
	const record = { resource: 'qualificationRecord' };

	it.each<[string, () => INodeParameters, RegExp]>([
		[
			'external ID of a new record',
			() => certificate('1', 'HZ-1', { additionalFields: ids('hr:4711,a') }),
			/'External IDs' has 'hr:4711,a', but an external ID cannot contain a comma/,
		],
		[
			'key of an external ID',
			() => certificate('1', 'HZ-1', { additionalFields: ids('h,r:4711') }),
			/'External IDs' has 'h,r:4711'/,
		],
		[
			'external ID of create or update',
			() => ({
				...certificate('1', 'HZ-1'),
				operation: 'upsert',
				matchBy: 'externalId',
				externalId: 'hr:4711,a',
			}),
			/'External ID' is 'hr:4711,a'/,
		],
		[
			'owner of a new record',
			() => certificate('assetNumber:T-5301,annex', 'HZ-1'),
			/'Owner' is 'assetNumber:T-5301,annex', but an ID cannot contain a comma/,
		],
		[
			'new owner of a record',
			() => ({
				...record,
				operation: 'update',
				entityType: 'worker',
				recordId: locator('hr:1'),
				updateFields: { ownerId: locator('1,2') },
			}),
			/'Owner' is '1,2'/,
		],
		[
			'record to delete',
			() => ({ ...record, operation: 'delete', recordId: locator('hr:4711,a') }),
			/'Record' is 'hr:4711,a'/,
		],
		[
			'owner of a filter',
			() => ({
				...record,
				operation: 'getAll',
				entityType: 'worker',
				filters: { owners: ['1,2'] },
			}),
			/'Owners' has the entry '1,2'/,
		],
		[
			'owner to check',
			() => ({
				...record,
				operation: 'checkCompliance',
				entityType: 'worker',
				qualificationTypes: ['Medical Card'],
				who: 'list',
				owners: ['payrollId:a,payrollId:b'],
			}),
			/'Owners' has the entry 'payrollId:a,payrollId:b'/,
		],
		[
			'driver',
			() => ({ resource: 'driver', operation: 'get', driverId: locator('payrollId:a,b') }),
			/'Driver' is 'payrollId:a,b'/,
		],
		[
			'external ID of a trailer',
			() => ({
				resource: 'trailer',
				operation: 'create',
				name: 'T',
				additionalFields: ids('assetNumber:T-1,a'),
			}),
			/'External IDs' has 'assetNumber:T-1,a'/,
		],
	])('%s', async (_, parameters, message) => {
		const { error } = await runSamsara(sim, parameters());
		expect(error?.message).toMatch(message);
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(error?.description).toMatch(/comma|one ID per item|separate entry/i);
		expect(sim.requests).toEqual([]);
	});
});

describe('what Samsara returns must have the requested ID', () => {
	it('a driver without the external ID does not get the record', async () => {
		const owner = newDriver(sim, 'Somebody Else', { payrollId: 'P-2' });
		sim.faults.add({
			kind: 'status',
			status: 200,
			path: /^\/fleet\/drivers\//,
			body: { data: { id: owner, name: 'Somebody Else', externalIds: { payrollId: 'P-2' } } },
		});
		const { error } = await runSamsara(sim, certificate('payrollId:P-1', 'HZ-1'));
		expect(error?.message).toContain("'Owner' names 'payrollId:P-1', but no driver has this ID");
		expect(writes(sim)).toEqual([]);
	});

	it.each([null, {}, { unit: '12' }])(
		'an asset with the external IDs %j does not get it',
		async (externalIds) => {
			const [truck] = sim.state.vehicles.values();
			sim.faults.add({
				kind: 'status',
				status: 200,
				path: /^\/assets/,
				body: {
					data: [{ id: truck.id, name: truck.name, externalIds }],
					pagination: { endCursor: '', hasNextPage: false },
				},
			});
			const parameters = newRecord(typeNamed(sim, 'Vehicle Registration'), 'unit:13', {
				Plate: 'C12345',
			});
			const { error } = await runSamsara(sim, parameters);
			expect(error?.message).toContain("'Owner' names 'unit:13', but no asset has this ID");
			expect(writes(sim)).toEqual([]);
		},
	);

	it.each(['create', 'upsert'])('%s does not touch a record without it', async (operation) => {
		const owner = newDriver(sim);
		const [other] = await rowsOf(sim, certificate(owner, 'HZ-1'));
		const stored = sim.state.records.get(String(other.id))!;
		const response = {
			id: stored.id,
			recordStatus: 'active',
			issueDate: stored.issueDate,
			owner: stored.owner,
			qualificationType: { id: stored.typeId },
			externalIds: { hr: 'somebody else' },
			fields: [],
		};
		sim.reset();
		sim.faults.add({
			kind: 'status',
			status: 200,
			method: 'GET',
			path: /^\/qualification-records$/,
			body: { data: [response] },
		});
		const [row] = await rowsOf(
			sim,
			certificate(owner, 'HZ-2', {
				operation,
				matchBy: 'externalId',
				externalId: 'hr:mine',
				additionalFields: ids('hr:mine'),
				options: { ifExists: 'update' },
			}),
		);
		expect(row).toMatchObject({ created: true, externalIds: 'hr:mine' });
		expect(row.id).not.toBe(other.id);
		expect(writes(sim).map(({ method }) => method)).toEqual(['POST']);
		sim.state.records.delete(String(row.id));
	});
});

it.each(['skip', 'update', 'fail'])(
	'external IDs of two records are refused (If It Exists: %s)',
	async (ifExists) => {
		const owner = newDriver(sim);
		await rowsOf(sim, certificate(owner, 'HZ-1', { additionalFields: ids(`hr:${owner}`) }));
		await rowsOf(sim, certificate(owner, 'HZ-2', { additionalFields: ids(`card:${owner}`) }));
		sim.reset();
		const { error } = await runSamsara(
			sim,
			certificate(owner, 'HZ-3', {
				additionalFields: ids(`hr:${owner}`, `card:${owner}`),
				options: { ifExists },
			}),
		);
		expect(error?.message).toContain(
			`'External IDs' contains card:${owner} and hr:${owner}, which belong to two different records`,
		);
		expect(error?.description).toMatch(/one record only/);
		expect(writes(sim)).toEqual([]);
		expect(recordsOf(sim, owner)).toHaveLength(2);
	},
);

it('external IDs with colons, spaces or other alphabets find their own record', async () => {
	const owner = newDriver(sim);
	for (const value of ['a:b', 'a b', 'Łódź-7', '運転手/1', 'a']) {
		const parameters = certificate(owner, value, {
			additionalFields: ids(`hr${owner}:${value}`),
			options: { ifExists: 'update' },
		});
		const rows = await rowsOf(sim, parameters, { items: itemsOf({}, {}) });
		expect(rows.map(({ created }) => created)).toEqual([true, false]);
	}
	expect(recordsOf(sim, owner)).toHaveLength(5);
});

describe.each(['merge', 'replace'] as const)(
	'where Samsara takes external IDs to %s those of a record',
	(reading) => {
		beforeEach(() => {
			sim.settings.recordExternalIds = reading;
		});

		const created = async (...pairs: string[]) => {
			const owner = newDriver(sim);
			const [row] = await rowsOf(
				sim,
				certificate(owner, 'HZ-1', { additionalFields: ids(...pairs.map((pair) => pair + owner)) }),
			);
			sim.reset();
			return { owner, id: String(row.id), record: sim.state.records.get(String(row.id))! };
		};

		it('Update keeps the other external IDs, also if two items change one record', async () => {
			const { owner, id, record } = await created('hr:', 'card:');
			await rowsOf(
				sim,
				{
					resource: 'qualificationRecord',
					operation: 'update',
					entityType: 'worker',
					recordId: locator(id),
					updateFields: { externalIds: { ids: [{ key: '={{ $json.key }}', value: `x${owner}` }] } },
				},
				{ items: itemsOf({ key: 'one' }, { key: 'two' }, { key: 'hr' }) },
			);
			const x = `x${owner}`;
			expect(record.externalIds).toEqual({ hr: x, card: owner, one: x, two: x });
		});

		it('Create with If It Exists = Update does too', async () => {
			const { owner, record } = await created('hr:', 'card:');
			await rowsOf(
				sim,
				certificate(owner, 'HZ-2', {
					additionalFields: ids(`hr:${owner}`, `new:${owner}`),
					options: { ifExists: 'update' },
				}),
			);
			expect(record.externalIds).toEqual({ hr: owner, card: owner, new: owner });
		});

		it('no external ID is lost if items refer to a record by different IDs', async () => {
			const { owner, record } = await created('hr:', 'card:');
			await rowsOf(
				sim,
				{
					...certificate(owner, 'HZ-2', { options: { ifExists: 'update' } }),
					additionalFields: {
						externalIds: {
							ids: [
								{ key: '={{ $json.key }}', value: owner },
								{ key: '={{ $json.more }}', value: owner },
							],
						},
					},
				},
				{
					items: itemsOf({ key: 'hr', more: 'a' }, { key: 'card', more: 'b' }),
				},
			);
			expect(record.externalIds).toEqual({ hr: owner, card: owner, a: owner, b: owner });
		});
	},
);

describe('an archived record', () => {
	const archived = async () => {
		const owner = newDriver(sim);
		const additionalFields = ids(`archived:${owner}`);
		const [row] = await rowsOf(sim, certificate(owner, 'HZ-1', { additionalFields }));
		const record = sim.state.records.get(String(row.id))!;
		record.recordStatus = 'archived';
		sim.reset();
		const parameters = (operation: string, ifArchived?: string, ifExists = 'update') =>
			certificate(owner, 'HZ-2', {
				operation,
				additionalFields,
				matchBy: 'externalId',
				externalId: `archived:${owner}`,
				options: { ifExists, ...(ifArchived !== undefined && { ifArchived }) },
			});
		return { record, parameters };
	};
	const hints = (run: Awaited<ReturnType<typeof runSamsara>>['run']) =>
		Object.values(run.data.resultData.runData)
			.flat()
			.flatMap((task) => task.hints ?? []);

	describe.each(['create', 'upsert'])('that %s updates', (operation) => {
		it('stays archived without the option, with a hint', async () => {
			const { record, parameters } = await archived();
			const { rows, run } = await runSamsara(sim, parameters(operation));
			expect(rows).toMatchObject([{ created: false, status: 'archived' }]);
			expect(record.recordStatus).toBe('archived');
			expect(hints(run).map(({ message }) => message)).toEqual([
				expect.stringMatching(/is still archived.*Unarchive for 'If It Is Archived'/),
			]);
		});

		it('becomes active again with Unarchive', async () => {
			const { record, parameters } = await archived();
			const { rows, run } = await runSamsara(sim, parameters(operation, 'unarchive'));
			expect(rows).toMatchObject([{ created: false, status: 'active', id: record.id }]);
			expect(record.recordStatus).toBe('active');
			expect(hints(run)).toEqual([]);
			expect(writes(sim).map(({ method, path }) => `${method} ${path}`)).toEqual([
				'PATCH /qualification-records',
				'POST /qualification-records/unarchive',
			]);
		});

		it('is found by the next item', async () => {
			const { record, parameters } = await archived();
			const settings = parameters('upsert', 'unarchive');
			const rows = await rowsOf(
				sim,
				{ ...settings, matchBy: '={{ $json.by }}', requestOptions: { concurrency: 1 } },
				{ items: itemsOf({ by: 'externalId' }, { by: 'ownerAndType' }) },
			);
			expect(rows).toMatchObject([{ id: record.id }, { id: record.id, created: false }]);
		});

		it('says so if only unarchiving fails', async () => {
			const { parameters } = await archived();
			sim.faults.add({ kind: 'status', status: 403, path: /unarchive/ });
			const { error } = await runSamsara(sim, parameters(operation, 'unarchive'));
			expect(error?.message).toMatch(/^The record was updated, but is still archived: /);
		});

		it('is not changed with Fail', async () => {
			const { record, parameters } = await archived();
			const { error } = await runSamsara(sim, parameters(operation, 'fail'));
			expect(error?.message).toContain(`The existing record (${record.id}) is archived`);
			expect(writes(sim)).toEqual([]);
		});

		it('rejects an unknown choice', async () => {
			const { parameters } = await archived();
			const { error } = await runSamsara(sim, parameters(operation, 'activate'));
			expect(error?.message).toContain("'If It Is Archived' is 'activate'");
			expect(sim.requests).toEqual([]);
		});
	});

	it('shows the hint if the record is skipped', async () => {
		const { parameters } = await archived();
		const { rows, run } = await runSamsara(sim, parameters('create', undefined, 'skip'));
		expect(rows).toMatchObject([{ created: false, status: 'archived' }]);
		expect(hints(run)).toHaveLength(1);
	});
});
