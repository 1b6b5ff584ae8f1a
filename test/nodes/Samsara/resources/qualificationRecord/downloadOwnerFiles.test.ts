import type { INodeParameters } from 'n8n-workflow';
import { SamsaraClient } from '@samsarahq/samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { itemsOf, locator, runSamsara, speedUp } from '../../../../samsara';
import { newDriver, typeNamed } from './fixtures';

const PDF = {
	base64Payload: Buffer.from('%PDF-1.7').toString('base64'),
	mediaType: 'application/pdf',
};
const JPG = {
	base64Payload: Buffer.from('ffd8ffe0', 'hex').toString('base64'),
	mediaType: 'image/jpeg',
};

describe('Download Files of a driver or asset', () => {
	let sim: Simulator;
	let driver: string;
	const slowDown = speedUp(10);

	beforeAll(async () => {
		sim = await startSimulator({ records: 200, clockSpeed: 10 });
	});
	afterAll(async () => {
		slowDown();
		await sim.close();
	});
	beforeEach(() => {
		Object.assign(sim.settings, {
			mediaProcessingMs: 0,
			mediaUrlLifetimeMs: 60_000,
			scopes: undefined,
			nulls: 'none',
		});
		driver = newDriver(sim, 'Ada Byron', { payrollId: `P${sim.state.drivers.size}` });
		sim.reset();
	});

	const parameters = (owner: string, more: INodeParameters = {}) => ({
		resource: 'qualificationRecord',
		operation: 'downloadFiles',
		filesOf: 'owner',
		entityType: 'worker',
		ownerId: locator(owner),
		...more,
	});
	const calls = (route: string) => sim.requests.filter((request) => request.route === route);

	/** A record of a driver with these scans. */
	async function record(owner: string, scans: object[], typeName = 'Medical Card', year = 2026) {
		const type = typeNamed(sim, typeName);
		const fields = type.fields
			.filter(({ type: kind, isRequired }) => kind === 'media' || isRequired)
			.map(({ id, type: kind }) => ({
				id,
				type: kind,
				...(kind === 'media' && { mediaValue: { mediaList: scans } }),
				...(kind === 'text' && { textValue: { value: 'x' } }),
				...(kind === 'number' && { numberValue: { value: 1 } }),
				...(kind === 'signature' && { signatureValue: { media: JPG } }),
				...(kind === 'datetime' && { dateTimeValue: { value: '2026-01-01T00:00:00Z' } }),
				...(kind === 'multiple_choice' && {
					multipleChoiceValue: {
						valueId: type.fields.find((field) => field.id === id)?.options?.[0].id,
					},
				}),
			}));
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		const { data } = await sdk.betaApIs.postQualificationRecord({
			qualificationType: { id: type.id },
			owner: { entityType: 'worker', id: owner },
			issueDate: `${year}-01-01T00:00:00Z`,
			fields: fields as never,
		});
		return data.id;
	}

	const archive = (id: string) => {
		sim.state.records.get(id)!.recordStatus = 'archived';
	};
	const namesIn = (binary: object = {}) =>
		Object.values(binary as Record<string, { fileName: string }>).map(({ fileName }) => fileName);

	it('returns one item with all files, named by owner, type and field, and an index', async () => {
		await record(driver, [PDF], 'Medical Card', 2025);
		await record(driver, [PDF, JPG], 'Medical Card', 2026);
		archive(await record(driver, [PDF]));
		await record(newDriver(sim, 'Someone Else'), [PDF]);
		const { output } = await runSamsara(sim, parameters(driver));
		expect(output).toHaveLength(1);
		const [{ json, binary, pairedItem }] = output;
		expect(pairedItem).toEqual({ item: 0 });
		const names = namesIn(binary);
		expect(names.filter((name) => name.includes('Scan'))).toEqual([
			'Ada Byron - Medical Card - Scan.pdf',
			'Ada Byron - Medical Card - Scan 2.pdf',
			'Ada Byron - Medical Card - Scan 3.jpg',
		]);
		expect(json).toMatchObject({
			ownerName: 'Ada Byron',
			ownerType: 'worker',
			ownerId: driver,
			dataFields: Object.keys(binary ?? {}).join(','),
		});
		const index = json.files as Array<Record<string, unknown>>;
		expect(index.map(({ fileName }) => fileName)).toEqual(names);
		expect(index[0]).toMatchObject({
			fileName: names[0],
			field: 'Scan',
			ownerName: 'Ada Byron',
			ownerId: driver,
			type: 'Medical Card',
			issueDate: '2025-01-01',
			status: 'active',
		});
		expect(new Set(Object.keys(binary ?? {})).size).toBe(names.length);
		expect(Object.keys(binary ?? {})[0]).toBe('Medical_Card_Scan');
	});

	it('can include archived records, and only some types', async () => {
		archive(await record(driver, [PDF]));
		await record(driver, [PDF], 'Hazmat Certificate').catch(() => undefined);
		const { output } = await runSamsara(
			sim,
			parameters(driver, {
				qualificationTypes: ['Medical Card'],
				options: { includeArchived: true },
			}),
		);
		const index = output[0].json.files as Array<Record<string, unknown>>;
		expect(index.length).toBeGreaterThan(0);
		expect(
			index.every(({ type, status }) => type === 'Medical Card' && status === 'archived'),
		).toBe(true);
	});

	it('can return one item per file with its row of the index', async () => {
		await record(driver, [PDF, JPG]);
		const { output } = await runSamsara(
			sim,
			parameters(driver, { options: { oneItemPerFile: true } }),
		);
		const files = output.map(({ binary }) => binary?.data.fileName);
		expect(files).toContain('Ada Byron - Medical Card - Scan 2.jpg');
		expect(output.map(({ json }) => json.fileName)).toEqual(files);
		expect(output.every(({ json }) => json.ownerId === driver && json.type)).toBe(true);
	});

	it('gives namesakes in one run different file names', async () => {
		const other = newDriver(sim, 'ADA BYRON');
		await record(driver, [PDF]);
		await record(other, [PDF]);
		const { output } = await runSamsara(sim, parameters('={{ $json.id }}'), {
			items: itemsOf({ id: driver }, { id: other }),
		});
		const names = output.flatMap(({ binary }) => namesIn(binary));
		expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
		expect(output.map(({ json }) => json.ownerId)).toEqual([driver, other]);
	});

	it('reads the records of all items together, and finds owners by external ID', async () => {
		const { externalIds } = sim.state.drivers.get(driver)!;
		await record(driver, [PDF]);
		sim.reset();
		const { output } = await runSamsara(sim, parameters('={{ $json.id }}'), {
			items: itemsOf({ id: `payrollId:${externalIds.payrollId}` }, { id: newDriver(sim, 'Bo') }),
		});
		expect(output.map(({ json }) => json.ownerName)).toEqual(['Ada Byron', 'Bo']);
		expect(output[1].json).toMatchObject({ dataFields: '', files: [] });
		const selections = calls('/qualification-records/stream').map(({ query }) =>
			new URLSearchParams(query).get('ownerIds'),
		);
		expect(new Set(selections).size).toBe(1);
		expect(selections[0]).toContain(driver);
		expect(calls('/fleet/drivers')).toHaveLength(0);
	});

	it('reads all records once for more than 100 owners', async () => {
		const drivers = Array.from({ length: 110 }, (_, n) => newDriver(sim, `Driver ${n}`));
		await record(drivers[109], [PDF]);
		sim.reset();
		const { output } = await runSamsara(sim, parameters('={{ $json.id }}'), {
			items: itemsOf(...drivers.map((id) => ({ id }))),
		});
		expect(output).toHaveLength(110);
		expect(namesIn(output[109].binary)).toContain('Driver 109 - Medical Card - Scan.pdf');
		expect(
			calls('/qualification-records/stream').every(({ query }) => !query.includes('ownerIds')),
		).toBe(true);
		expect(calls('/fleet/drivers/:id')).toHaveLength(0);
	});

	it('names the owner by ID if the token may not read drivers', async () => {
		await record(driver, [PDF]);
		sim.settings.scopes = ['Read Qualification Records'];
		const { output } = await runSamsara(sim, parameters(driver));
		expect(namesIn(output[0].binary)).toContain(`${driver} - Medical Card - Scan.pdf`);
		expect(output[0].json).toMatchObject({ ownerName: null, ownerId: driver });
		const { error } = await runSamsara(sim, parameters('payrollId:P1'));
		expect(error?.message).toContain('Read Drivers');
	});

	it.each(['empty', 'null', 'missing'] as const)('works if empty values are %s', async (nulls) => {
		await record(driver, [PDF]);
		sim.settings.nulls = nulls;
		const { output } = await runSamsara(sim, parameters(driver));
		expect(namesIn(output[0].binary)).toContain('Ada Byron - Medical Card - Scan.pdf');
	});

	it('lists a file that Samsara is still processing in the index, without a name', async () => {
		await record(driver, [PDF]);
		sim.settings.mediaProcessingMs = 3_600_000;
		await record(driver, [PDF], 'Medical Card', 2027);
		const { output } = await runSamsara(
			sim,
			parameters(driver, { options: { skipUnfinished: true, waitSeconds: 1 } }),
		);
		const index = output[0].json.files as Array<Record<string, unknown>>;
		const scans = index.filter(({ field }) => field === 'Scan');
		expect(scans.map(({ fileName }) => fileName)).toEqual([
			'Ada Byron - Medical Card - Scan.pdf',
			null,
		]);
		const { error } = await runSamsara(sim, parameters(driver, { options: { waitSeconds: 1 } }));
		expect(error?.message).toContain('has not finished processing');
	});

	it('does not say that a driver does not exist because another one does not', async () => {
		const path = `/fleet/drivers/${driver}`;
		sim.faults.add({ kind: 'status', status: 500, path, times: 9 });
		const requestOptions = { retries: 0 };
		const { rows } = await runSamsara(sim, parameters('={{ $json.id }}', { requestOptions }), {
			items: itemsOf({ id: '999999' }, { id: driver }),
			settings: { onError: 'continueRegularOutput' },
		});
		sim.faults.clear();
		expect(rows[1].error).not.toContain('no driver has this ID');
		expect(rows[1].message).toContain('Samsara is temporarily unavailable');
	});

	it.each([
		['an unknown driver', '999999', {}, "'Owner' names '999999', but no driver has this ID"],
		['an unknown type', '', { qualificationTypes: ['Nope'] }, "'Qualification Types' names 'Nope'"],
		['an invalid choice', '', { filesOf: 'everyone' }, "'Files From'"],
		['an empty owner', ' ', {}, "'Owner' is empty"],
	])('refuses %s', async (_, owner, more, message) => {
		const { error } = await runSamsara(sim, parameters(owner || driver, more));
		expect(error?.message).toContain(message);
		expect(sim.mediaRequests).toEqual([]);
	});
});
