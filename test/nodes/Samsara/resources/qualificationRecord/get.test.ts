import type { INodeParameters } from 'n8n-workflow';
import { SamsaraClient } from '@samsarahq/samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { itemsOf, locator, rowsOf, runSamsara, speedUp } from '../../../../samsara';

describe('Get a qualification record', () => {
	let sim: Simulator;
	const slowDown = speedUp(20);

	beforeAll(async () => {
		sim = await startSimulator({ records: 1200, clockSpeed: 20, mediaProcessingMs: 0 });
	});
	afterAll(async () => {
		slowDown();
		await sim.close();
	});
	beforeEach(() => sim.reset());

	const parameters = (recordId: string, more: INodeParameters = {}) => ({
		resource: 'qualificationRecord',
		operation: 'get',
		recordId: locator(recordId),
		...more,
	});
	const fromItem = parameters('={{ $json.id }}');
	const alive = () => [...sim.state.records.values()].filter((r) => r.recordStatus !== 'deleted');
	const calls = (route: string) => sim.requests.filter((request) => request.route === route);

	it('reads 1,000 records in 10 requests and returns one for each item', async () => {
		const expected = alive().slice(0, 1000);
		const { output } = await runSamsara(sim, fromItem, {
			items: itemsOf(...expected.map(({ id }) => ({ id }))),
		});
		expect(output.map(({ json }) => json.id)).toEqual(expected.map(({ id }) => id));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			expected.map((_, item) => ({ item })),
		);
		expect(calls('/qualification-records')).toHaveLength(10);
	});

	it('reads a repeated record once, by ID in any case and by external ID', async () => {
		const record = alive().find(({ externalIds }) => externalIds.hrRecordId)!;
		const external = `hrRecordId:${record.externalIds.hrRecordId}`;
		const rows = await rowsOf(sim, fromItem, {
			items: itemsOf({ id: record.id.toUpperCase() }, { id: external }, { id: external }),
		});
		expect(rows.map(({ id }) => id)).toEqual([record.id, record.id, record.id]);
		const [call] = calls('/qualification-records');
		expect(call.query).toBe(
			`ids=${record.id.toUpperCase()},${encodeURIComponent(external)}&includeExternalIds=true`,
		);
	});

	it('says which record does not exist, and continues with the others', async () => {
		const [record] = alive();
		const { rows, output } = await runSamsara(sim, fromItem, {
			items: itemsOf({ id: 'gone:1' }, { id: record.id }, { id: '' }, { id: 'a,b' }),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(rows[0].error).toContain("'Record' names 'gone:1', but no record has this ID");
		expect(rows[1].id).toBe(record.id);
		expect(rows[2].error).toContain("'Record' is empty");
		expect(rows[3].error).toContain("'Record' is 'a,b', but an ID cannot contain a comma");
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(calls('/qualification-records')).toHaveLength(1);
	});

	it('an ID that Samsara rejects does not affect the other items', async () => {
		const expected = alive().slice(0, 8);
		sim.faults.add({ kind: 'status', status: 400, path: '/qualification-records', times: 1 });
		const rows = await rowsOf(sim, fromItem, {
			items: itemsOf(...expected.map(({ id }) => ({ id }))),
		});
		expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
		expect(calls('/qualification-records')).toHaveLength(3);
	});

	it('if a request fails, only its own items fail', async () => {
		const expected = alive().slice(0, 150);
		sim.faults.add({ kind: 'status', status: 403, path: '/qualification-records', times: 1 });
		const { rows } = await runSamsara(
			sim,
			{ ...fromItem, options: { concurrency: 1 } },
			{
				items: itemsOf(...expected.map(({ id }) => ({ id }))),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(rows.slice(0, 100).every(({ error }) => String(error).includes('Simulated'))).toBe(true);
		expect(rows.slice(100).map(({ id }) => id)).toEqual(expected.slice(100).map(({ id }) => id));
	});

	it('escapes hostile IDs in the query', async () => {
		const hostile = ['../fleet/drivers', 'a&ids=b', '%2F', 'x\r\nHost: y', '\ud800', 'constructor'];
		const { rows } = await runSamsara(sim, fromItem, {
			items: itemsOf(...[...hostile, 'x'.repeat(10_000)].map((id) => ({ id }))),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(rows).toHaveLength(7);
		expect(rows.every(({ error }) => String(error).includes("'Record'"))).toBe(true);
		expect(new Set(sim.requests.map(({ path }) => path))).toEqual(
			new Set(['/qualification-records']),
		);
	});

	it('returns a flat row with the owner, the dates and the fields by label', async () => {
		const type = [...sim.state.qualificationTypes.values()].find(
			({ name }) => name === 'Medical Card',
		)!;
		const record = alive().find(
			({ typeId, expirationDate, fields }) =>
				typeId === type.id && expirationDate && fields.some((field) => field.type === 'media'),
		)!;
		const [row] = await rowsOf(sim, parameters(record.id));
		const day = record.expirationDate!.slice(0, 10);
		const today = new Date().toISOString().slice(0, 10);
		expect(row).toMatchObject({
			id: record.id,
			status: 'active',
			type: 'Medical Card',
			ownerId: record.owner.id,
			ownerName: sim.state.drivers.get(record.owner.id)!.name,
			issueDate: record.issueDate.slice(0, 10),
			expirationDate: day,
			Scan: '1 file',
			Signature: '1 file',
		});
		expect(
			Math.abs(
				Number(row.daysUntilExpiration) - (Date.parse(day) - Date.parse(today)) / 86_400_000,
			),
		).toBeLessThanOrEqual(1);
		expect(row.Restrictions).toEqual(expect.any(String));
	});

	it('numbers fields with the same label, and returns tables as rows', async () => {
		const find = (name: string) =>
			alive().find(
				({ typeId, fields }) =>
					sim.state.qualificationTypes.get(typeId)?.name === name && fields.length > 1,
			)!;
		const [language] = await rowsOf(sim, parameters(find('Language Certificate').id));
		expect(language).toHaveProperty('Score');
		expect(language).toHaveProperty('Score (2)');
		const [training] = await rowsOf(sim, parameters(find('Training Record').id));
		expect(training.Sessions).toHaveLength(2);
		expect((training.Sessions as object[])[0]).toEqual({
			Topic: expect.any(String),
			Score: expect.any(Number),
			Outcome: expect.any(String),
			Materials: expect.any(String),
			'Held At': expect.any(String),
			Trainer: expect.any(String),
			Badge: expect.any(String),
			Slides: '1 file',
			'Trainer Signature': '1 file',
		});
	});

	it("returns Samsara's response if Simplify is off, with the same request as Samsara's SDK", async () => {
		const [{ id }] = alive();
		const [row] = await rowsOf(sim, parameters(id, { simplify: false }));
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		const { data } = await sdk.betaApIs.getQualificationRecords({
			ids: id,
			includeExternalIds: true,
		});
		const stable = (record: object) =>
			JSON.stringify(record).replace(/\?signature=[^"]*|"urlExpiresAt":"[^"]*"/g, '');
		expect(stable(row)).toBe(stable(data[0]));
		const [ours, theirs] = calls('/qualification-records');
		expect([ours.method, ours.path, ours.query]).toEqual([
			theirs.method,
			theirs.path,
			theirs.query,
		]);
	});

	it('returns rows without names, with a hint, if the token cannot read drivers', async () => {
		const record = alive().find(({ owner }) => owner.entityType === 'worker')!;
		sim.settings.scopes = ['Read Qualification Records'];
		try {
			const { rows, run } = await runSamsara(sim, parameters(record.id));
			expect(rows[0].id).toBe(record.id);
			expect(rows[0].ownerName).toBeNull();
			expect(JSON.stringify(run.data.resultData.runData.Node[0].hints)).toContain('Read Drivers');
		} finally {
			sim.settings.scopes = undefined;
		}
	});

	it('does not look up names if the option is off', async () => {
		const [{ id }] = alive();
		await rowsOf(sim, parameters(id, { options: { lookUpOwnerNames: false } }));
		expect(sim.requests.map(({ route }) => route)).toEqual(['/qualification-records']);
	});
});
