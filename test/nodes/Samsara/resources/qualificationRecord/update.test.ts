import { SamsaraClient } from '@samsarahq/samsara';
import type { INodeParameters } from 'n8n-workflow';
import { itemsOf, locator, rowsOf, runSamsara } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { fieldOf, filled, newDriver, newRecord, recordsOf, typeNamed, writes } from './fixtures';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator();
});

afterAll(async () => await sim.close());

beforeEach(() => {
	sim.reset();
	sim.settings.externalIdsEverywhere = true;
});

/** A Hazmat certificate of a driver of its own. */
async function certificate(externalIds: Record<string, string> = {}) {
	const owner = newDriver(sim);
	const [row] = await rowsOf(
		sim,
		newRecord(typeNamed(sim, 'Hazmat Certificate'), owner, {
			'Certificate Number': 'HZ-1',
			'Training Provider': 'Cascade',
			'Training Hours': 8,
		}),
	);
	const record = sim.state.records.get(String(row.id))!;
	record.externalIds = externalIds;
	sim.reset();
	return record;
}

function change(id: string, more: INodeParameters, mode = 'id'): INodeParameters {
	return {
		resource: 'qualificationRecord',
		operation: 'update',
		entityType: 'worker',
		recordId: locator(id, mode),
		...more,
	};
}

/** The body of the one write. */
const sent = () => writes(sim).map(({ method, path, body }) => ({ method, path, body }));

describe('sends only what changes', () => {
	it.each([
		['in the main form', { issueDate: '', expirationDate: '2029-01-15' }],
		['where version 1.0.0 had it', { updateFields: { expirationDate: '2029-01-15' } }],
	])('a date %s, in one request and one for the name of the owner', async (_, dates) => {
		const record = await certificate();
		const [row] = await rowsOf(sim, change(record.id, dates));
		expect(sim.requests).toHaveLength(2);
		expect(sent()).toEqual([
			{
				method: 'PATCH',
				path: '/qualification-records',
				body: { id: record.id, expirationDate: '2029-01-15T00:00:00Z' },
			},
		]);
		expect(row).toMatchObject({
			id: record.id,
			expirationDate: '2029-01-15',
			'Training Provider': 'Cascade',
			'Training Hours': 8,
		});
	});

	it('a field, and keeps the others', async () => {
		const record = await certificate();
		const type = typeNamed(sim, 'Hazmat Certificate');
		const [row] = await rowsOf(
			sim,
			change(record.id, {
				qualificationType: locator(type.id, 'list'),
				fields: filled(type, { 'Training Hours': '12.5', 'Training Provider': '' }),
			}),
		);
		expect(sent()[0].body).toEqual({
			id: record.id,
			fields: [
				{
					id: fieldOf(type, 'Training Hours').id,
					type: 'number',
					numberValue: { value: 12.5 },
				},
			],
		});
		expect(row).toMatchObject({
			'Certificate Number': 'HZ-1',
			'Training Provider': 'Cascade',
			'Training Hours': 12.5,
			expirationDate: '2028-01-15',
		});
	});

	it('removes the expiration date', async () => {
		const record = await certificate();
		const [row] = await rowsOf(
			sim,
			change(record.id, { updateFields: { clearExpirationDate: true } }),
		);
		expect(sent()[0].body).toEqual({ id: record.id, expirationDate: '1970-01-01T00:00:00Z' });
		expect(row.expirationDate).toBeNull();
		expect(sim.state.records.get(record.id)!.expirationDate).toBeUndefined();
	});

	it('keeps fields whose column is empty because only another record has a value', async () => {
		const [one, other] = [await certificate(), await certificate()];
		other.fields = other.fields.slice(0, 1);
		const stored = [one, other].map(({ fields }) => structuredClone(fields));
		const rows = await rowsOf(
			sim,
			{ resource: 'qualificationRecord', operation: 'get', recordId: locator('={{ $json.id }}') },
			{ items: itemsOf({ id: one.id }, { id: other.id }) },
		);
		expect(rows[1]['Training Provider']).toBeNull();
		const fields = { mappingMode: 'autoMapInputData', value: null, schema: [] };
		await rowsOf(
			sim,
			change('={{ $json.id }}', {
				qualificationType: locator(typeNamed(sim, 'Hazmat Certificate').id),
				fields,
			} as unknown as INodeParameters),
			{ items: itemsOf(...rows) },
		);
		expect([one, other].map(({ id }) => sim.state.records.get(id)!.fields)).toEqual(stored);
	});

	it('the owner and external IDs', async () => {
		const record = await certificate({ hr: 'a', other: 'kept' });
		const next = newDriver(sim, 'Next', { payrollId: 'NEXT' });
		const [row] = await rowsOf(
			sim,
			change(record.id, {
				updateFields: {
					ownerId: locator('payrollId:NEXT', 'externalId'),
					externalIds: { ids: [{ key: 'hr', value: 'b' }] },
				},
			}),
		);
		expect(sent()[0].body).toEqual({
			id: record.id,
			owner: { entityType: 'worker', id: next },
			externalIds: { hr: 'b', other: 'kept' },
		});
		expect(row).toMatchObject({ ownerId: next });
		expect(sim.state.records.get(record.id)!.externalIds).toEqual({ hr: 'b', other: 'kept' });
	});

	it("sends the same request as Samsara's SDK", async () => {
		const record = await certificate();
		await rowsOf(sim, change(record.id, { updateFields: { issueDate: '2026-02-01T08:00:00Z' } }));
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		await sdk.betaApIs.patchQualificationRecord({
			id: record.id,
			issueDate: '2026-02-01T08:00:00Z',
		});
		const [ours, theirs] = writes(sim);
		expect([ours.method, ours.path, ours.query, ours.body]).toEqual([
			theirs.method,
			theirs.path,
			theirs.query,
			theirs.body,
		]);
	});
});

describe.each([true, false])(
	'by external ID, if requests accept external IDs: %s',
	(everywhere) => {
		it.each(['update', 'archive', 'unarchive', 'delete'])('%s', async (operation) => {
			sim.settings.externalIdsEverywhere = everywhere;
			const record = await certificate({ hr: `${operation} ${String(everywhere)}` });
			await rowsOf(sim, {
				...change(`hr:${operation} ${String(everywhere)}`, {}, 'externalId'),
				operation,
				updateFields: { expirationDate: '2030-01-01' },
			});
			expect(writes(sim)).toHaveLength(1);
			expect(writes(sim)[0].body).toMatchObject({ id: record.id });
			expect(writes(sim)[0].status).toBe(200);
		});
	},
);

it('looks up the records of 100 items in one request', async () => {
	const records = await Promise.all(
		Array.from({ length: 5 }, async (_, number) => await certificate({ hr: `many${number}` })),
	);
	sim.reset();
	await rowsOf(
		sim,
		{ ...change('=hr:many{{ $json.number }}', {}, 'externalId'), operation: 'archive' },
		{ items: itemsOf(...records.map((_, number) => ({ number }))) },
	);
	expect(sim.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
	expect(records.map(({ id }) => sim.state.records.get(id)!.recordStatus)).toEqual(
		records.map(() => 'archived'),
	);
});

describe('reports invalid input before anything is written', () => {
	it.each([
		[
			{ issueDate: '2029-01-15' },
			{ issueDate: '2029-01-16' },
			"'Issue Date' under 'Update Fields'",
		],
		[
			{ expirationDate: '2029-01-15' },
			{ expirationDate: '2029-01-15' },
			"'Expiration Date' under 'Update Fields'",
		],
		[
			{ expirationDate: '2029-01-15' },
			{ clearExpirationDate: true },
			"'Clear Expiration Date' is on",
		],
	])('%j with %j', async (dates, updateFields, message) => {
		const record = await certificate();
		const { error } = await runSamsara(sim, change(record.id, { ...dates, updateFields }));
		expect(error?.message).toContain(message);
		expect(sim.requests).toEqual([]);
	});

	it('nothing to change', async () => {
		const record = await certificate();
		const { error } = await runSamsara(sim, change(record.id, {}));
		expect(error?.message).toBe("There is nothing to change in 'Record' [item 0]");
		expect(error?.description).toMatch(/Update Fields/);
		expect(sim.requests).toEqual([]);
	});

	it('a form loaded for another type', async () => {
		const record = await certificate();
		const type = typeNamed(sim, 'Medical Card');
		const { error } = await runSamsara(
			sim,
			change(record.id, {
				qualificationType: locator(type.id, 'list'),
				fields: filled(type, { 'Examiner Name': 'Dr. Osei' }),
			}),
		);
		expect(error?.message).toMatch(
			/'Qualification Type' is 'Medical Card', but the record has the type 'Hazmat Certificate'/,
		);
		expect(writes(sim)).toEqual([]);
	});

	it.each([
		[{ expirationDate: '2025-01-01', issueDate: '2026-01-01' }, /'Expiration Date' .* is before/],
		[{ expirationDate: 'never' }, /'Expiration Date' is 'never', which is not a valid date/],
		[{ expirationDate: '2028-01-01', clearExpirationDate: true }, /'Clear Expiration Date' is on/],
	])('%j', async (updateFields, message) => {
		const record = await certificate();
		const { error } = await runSamsara(sim, change(record.id, { updateFields }));
		expect(error?.message).toMatch(message);
		expect(sim.requests).toEqual([]);
	});

	it('a record that does not exist', async () => {
		const { error } = await runSamsara(sim, {
			...change('hr:nobody', {}, 'externalId'),
			operation: 'archive',
		});
		expect(error?.message).toMatch(/'Record' names 'hr:nobody', but no record has this ID/);
		expect(writes(sim)).toEqual([]);
	});

	it("a Samsara ID that does not exist, with Samsara's own message", async () => {
		const { error } = await runSamsara(
			sim,
			change('9814a1fa-f0c6-408b-bf85-51dc3bc71ac7', {
				updateFields: { expirationDate: '2030-01-01' },
			}),
		);
		expect(error?.message).toMatch(/9814a1fa.* \[item 0\]$/);
		expect(error?.description).toMatch(/Samsara has no qualification record with this ID/);
	});
});

describe('archive, unarchive and delete', () => {
	it('return what they did and can be repeated', async () => {
		const record = await certificate();
		const run = async (operation: string) =>
			await rowsOf(sim, { ...change(record.id, {}), operation });
		expect(await run('archive')).toEqual([{ id: record.id, archived: true }]);
		expect(await run('archive')).toEqual([{ id: record.id, archived: true }]);
		expect(sim.state.records.get(record.id)!.recordStatus).toBe('archived');
		expect(await run('unarchive')).toEqual([{ id: record.id, unarchived: true }]);
		expect(sim.state.records.get(record.id)!.recordStatus).toBe('active');
		expect(await run('delete')).toEqual([{ deleted: true, id: record.id }]);
		expect(sim.state.records.get(record.id)!.recordStatus).toBe('deleted');
		expect(sim.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /qualification-records/archive',
			'POST /qualification-records/archive',
			'POST /qualification-records/unarchive',
			'DELETE /qualification-records',
		]);
	});

	it.each(['reset', 'status', 'cut'] as const)('succeed despite a fault (%s)', async (kind) => {
		for (const operation of ['archive', 'unarchive', 'delete']) {
			const record = await certificate();
			sim.faults.add({
				kind,
				status: 503,
				applied: true,
				path: /qualification-records/,
			});
			const [row] = await rowsOf(sim, { ...change(record.id, {}), operation });
			expect(row.id).toBe(record.id);
			const status = { archive: 'archived', unarchive: 'active', delete: 'deleted' }[operation];
			expect(sim.state.records.get(record.id)!.recordStatus).toBe(status);
		}
	});

	it("send the same requests as Samsara's SDK", async () => {
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		const record = await certificate();
		const { id } = record;
		for (const [operation, theirs] of [
			['archive', async () => await sdk.betaApIs.archiveQualificationRecord({ id })],
			['unarchive', async () => await sdk.betaApIs.unarchiveQualificationRecord({ id })],
			['delete', async () => await sdk.betaApIs.deleteQualificationRecord({ id })],
		] as const) {
			sim.reset();
			await rowsOf(sim, { ...change(id, {}), operation });
			record.recordStatus = 'active';
			await theirs();
			const [a, b] = sim.requests.map(({ method, path, query, rawBody }) => [
				method,
				path,
				query,
				rawBody,
			]);
			expect(a).toEqual(b);
		}
	});
});

describe('create or update', () => {
	const type = () => typeNamed(sim, 'Hazmat Certificate');
	const put = (owner: string, number: string, more: INodeParameters = {}) =>
		newRecord(
			type(),
			owner,
			{ 'Certificate Number': number },
			{ operation: 'upsert', matchBy: 'ownerAndType', ...more },
		);

	it('updates the newest active record of the owner and type', async () => {
		const owner = newDriver(sim);
		const [older] = await rowsOf(sim, put(owner, 'A', { issueDate: '2024-01-01' }));
		expect(older.created).toBe(true);
		const [newer] = await rowsOf(
			sim,
			newRecord(type(), owner, { 'Certificate Number': 'B', 'Training Hours': 4 }),
		);
		const [updated] = await rowsOf(sim, put(owner, 'C'));
		expect(updated).toMatchObject({
			created: false,
			id: newer.id,
			'Certificate Number': 'C',
			'Training Hours': 4,
		});
		expect(recordsOf(sim, owner)).toHaveLength(2);
		for (const stream of sim.requests.filter(({ path }) => path.endsWith('/stream')))
			expect(stream.query).toMatch(/endTime=/);
	});

	it('creates a new record if the old one is archived', async () => {
		const owner = newDriver(sim);
		const [first] = await rowsOf(sim, put(owner, 'A'));
		sim.state.records.get(String(first.id))!.recordStatus = 'archived';
		const [second] = await rowsOf(sim, put(owner, 'B'));
		expect(second.created).toBe(true);
	});

	it('creates only one record for several items with the same owner', async () => {
		const owner = newDriver(sim);
		const rows = await rowsOf(sim, put(owner, '={{ $json.n }}'), {
			items: itemsOf({ n: 'A' }, { n: 'B' }, { n: 'C' }),
		});
		expect(rows.map(({ created }) => created)).toEqual([true, false, false]);
		expect(recordsOf(sim, owner)).toHaveLength(1);
		expect(rows[2]['Certificate Number']).toBe('C');
	});

	it('creates only one record for several items with the same external ID', async () => {
		const owner = newDriver(sim);
		const rows = await rowsOf(
			sim,
			put(owner, '={{ $json.n }}', { matchBy: 'externalId', externalId: 'hr:U1' }),
			{ items: itemsOf({ n: 'A' }, { n: 'B' }) },
		);
		expect(rows.map(({ created }) => created)).toEqual([true, false]);
		expect(recordsOf(sim, owner).map(({ externalIds }) => externalIds)).toEqual([{ hr: 'U1' }]);
		const update = writes(sim)[1];
		expect(update.body).toEqual({
			id: rows[0].id,
			issueDate: '2026-01-15T00:00:00Z',
			expirationDate: '2028-01-15T00:00:00Z',
			fields: [
				{
					id: fieldOf(type(), 'Certificate Number').id,
					type: 'text',
					textValue: { value: 'B' },
				},
			],
		});
	});

	it('needs the required fields only for a new record', async () => {
		const owner = newDriver(sim);
		const without = newRecord(
			type(),
			owner,
			{ 'Training Hours': 3 },
			{ operation: 'upsert', matchBy: 'ownerAndType' },
		);
		const { error } = await runSamsara(sim, without);
		expect(error?.message).toMatch(/'Fields' lacks 'Certificate Number'/);
		expect(writes(sim)).toEqual([]);
		await rowsOf(sim, put(owner, 'A'));
		const [row] = await rowsOf(sim, without);
		expect(row).toMatchObject({ created: false, 'Certificate Number': 'A', 'Training Hours': 3 });
	});

	it('refuses to change the type of a record', async () => {
		const owner = newDriver(sim);
		const byId = { operation: 'upsert', matchBy: 'externalId', externalId: 'hr:T1' };
		await rowsOf(sim, put(owner, 'A', byId));
		sim.reset();
		const { error } = await runSamsara(
			sim,
			newRecord(typeNamed(sim, 'Medical Card'), owner, { 'Examiner Name': 'x' }, byId),
		);
		expect(error?.message).toMatch(
			/'Qualification Type' is 'Medical Card', but the existing record has the type 'Hazmat Certificate'/,
		);
		expect(writes(sim)).toEqual([]);
	});

	it.each(['', 'no colon', 'a:', ':b'])("rejects the external ID '%s'", async (text) => {
		const { error } = await runSamsara(
			sim,
			put(newDriver(sim), 'A', { matchBy: 'externalId', externalId: '={{ $json.id }}' }),
			{ items: itemsOf({ id: text }) },
		);
		expect(error?.message).toMatch(/'External ID' is/);
		expect(sim.requests).toEqual([]);
	});
});
