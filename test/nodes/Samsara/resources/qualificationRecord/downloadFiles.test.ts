import { sleep, type INodeParameters } from 'n8n-workflow';
import { SamsaraClient } from '@samsarahq/samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { FileHost } from '../../../../fileHost.mts';
import { itemsOf, locator, rowsOf, runSamsara, speedUp } from '../../../../samsara';

const PDF = Buffer.from('%PDF-1.7 a medical card').toString('base64');
const JPG = Buffer.from('ffd8ffe000104a464946', 'hex').toString('base64');

describe('Download Files of a qualification record', () => {
	let sim: Simulator;
	const slowDown = speedUp(10);

	beforeAll(async () => {
		sim = await startSimulator({ records: 200, clockSpeed: 10 });
	});
	afterAll(async () => {
		slowDown();
		await sim.close();
	});
	beforeEach(() => {
		sim.reset();
		Object.assign(sim.settings, { mediaProcessingMs: 0, mediaUrlLifetimeMs: 60_000 });
	});

	const parameters = (recordId: string, options: INodeParameters = {}) => ({
		resource: 'qualificationRecord',
		operation: 'downloadFiles',
		recordId: locator(recordId),
		options,
	});
	const typeNamed = (name: string) =>
		[...sim.state.qualificationTypes.values()].find((type) => type.name === name)!;
	const readings = () => sim.requests.filter(({ route }) => route === '/qualification-records');

	/** A medical card with these scans, made now: Samsara works on them for `mediaProcessingMs`. */
	async function medicalCard(...scans: Array<{ base64Payload: string; mediaType: string }>) {
		const type = typeNamed('Medical Card');
		const field = (label: string) => type.fields.find((one) => one.label === label)!.id;
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		const { data } = await sdk.betaApIs.postQualificationRecord({
			qualificationType: { id: type.id },
			owner: { entityType: 'worker', id: [...sim.state.drivers.keys()][0] },
			issueDate: '2026-01-01T00:00:00Z',
			fields: [
				{ id: field('Examiner Name'), type: 'text', textValue: { value: 'Dr. Marsh' } },
				{ id: field('Scan'), type: 'media', mediaValue: { mediaList: scans } },
				{
					id: field('Signature'),
					type: 'signature',
					signatureValue: { media: { base64Payload: JPG, mediaType: 'image/jpeg' } },
				},
			],
		});
		sim.reset();
		return data.id;
	}

	const pdf = { base64Payload: PDF, mediaType: 'application/pdf' };

	it('returns all files in one item, named by label and type, with the flat row', async () => {
		const id = await medicalCard(pdf, { base64Payload: JPG, mediaType: 'image/jpeg' });
		const { output } = await runSamsara(sim, parameters(id));
		expect(output).toHaveLength(1);
		const [{ json, binary = {}, pairedItem }] = output;
		expect(pairedItem).toEqual({ item: 0 });
		expect(json).toMatchObject({
			id,
			type: 'Medical Card',
			'Examiner Name': 'Dr. Marsh',
			Scan: '2 files',
			Signature: '1 file',
			dataFields: 'Scan_1,Scan_2,Signature',
		});
		expect(Object.keys(binary)).toEqual(['Scan_1', 'Scan_2', 'Signature']);
		expect(binary.Scan_1).toMatchObject({
			fileName: 'Scan 1.pdf',
			mimeType: 'application/pdf',
			data: PDF,
		});
		expect(binary.Scan_2).toMatchObject({
			fileName: 'Scan 2.jpg',
			mimeType: 'image/jpeg',
			data: JPG,
		});
		expect(binary.Signature.fileName).toBe('Signature.jpg');
	});

	it('finds the files in tables', async () => {
		const type = typeNamed('Training Record');
		const record = [...sim.state.records.values()].find(
			({ typeId, recordStatus }) => typeId === type.id && recordStatus === 'active',
		)!;
		const { output } = await runSamsara(sim, parameters(record.id, { dataFieldPrefix: 'file_' }));
		expect(Object.values(output[0].binary ?? {}).map(({ fileName }) => fileName)).toEqual([
			'Sessions Slides 1.png',
			'Sessions Trainer Signature 1.png',
			'Sessions Slides 2.png',
			'Sessions Trainer Signature 2.png',
		]);
		expect(output[0].json.dataFields).toContain('file_Sessions_Slides_1,');
	});

	it('never sends the token to the file host', async () => {
		await rowsOf(sim, parameters(await medicalCard(pdf)));
		expect(sim.mediaRequests).toHaveLength(2);
		for (const { headers, status } of sim.mediaRequests) {
			expect(headers).not.toHaveProperty('authorization');
			expect(JSON.stringify(headers)).not.toContain(sim.token);
			expect(status).toBe(200);
		}
		expect(readings().every(({ headers }) => headers.authorization)).toBe(true);
	});

	it('waits while Samsara processes files, and reads all incomplete records together', async () => {
		sim.settings.mediaProcessingMs = 400;
		const ids = [await medicalCard(pdf), await medicalCard(pdf), await medicalCard(pdf)];
		const { output } = await runSamsara(sim, parameters('={{ $json.id }}'), {
			items: itemsOf(...ids.map((id) => ({ id }))),
		});
		expect(output.map(({ json }) => json.id)).toEqual(ids);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(output.every(({ binary }) => Object.keys(binary ?? {}).length === 2)).toBe(true);
		expect(readings().length).toBeGreaterThan(1);
		expect(readings().length).toBeLessThan(12);
		expect(sim.mediaRequests).toHaveLength(6);
	});

	it('says which files are not finished in time, or skips them if the option is on', async () => {
		sim.settings.mediaProcessingMs = 3_600_000;
		const late = await medicalCard(pdf);
		sim.settings.mediaProcessingMs = 0;
		const done = await medicalCard(pdf);
		const options = { waitSeconds: 1 };
		const { rows } = await runSamsara(sim, parameters('={{ $json.id }}', options), {
			items: itemsOf({ id: late }, { id: done }),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(rows[0].error).toContain('has not finished processing 2 files');
		expect(rows[0].error).toContain('Scan, Signature');
		expect(rows[0].error).toContain(late);
		expect(rows[1].id).toBe(done);

		const skipping = await runSamsara(sim, parameters(late, { ...options, skipUnfinished: true }));
		expect(skipping.rows[0]).toMatchObject({ id: late, Scan: '1 file (1 processing)' });
		expect(skipping.output[0].binary).toEqual({});
	});

	it('requests a new URL if one has expired', async () => {
		const id = await medicalCard(pdf);
		sim.settings.mediaUrlLifetimeMs = -1;
		const running = runSamsara(sim, parameters(id));
		while (readings().length < 1) await sleep(1);
		await sleep(1);
		sim.settings.mediaUrlLifetimeMs = 60_000;
		const { output } = await running;
		expect(Object.keys(output[0].binary ?? {})).toEqual(['Scan', 'Signature']);
		expect(readings().length).toBeGreaterThan(1);
	});

	it('fails with a message if a URL never works', async () => {
		const id = await medicalCard(pdf);
		sim.settings.mediaUrlLifetimeMs = -1;
		const { error } = await runSamsara(sim, parameters(id, { waitSeconds: 0 }));
		expect(error?.message).toBe("Samsara's file host returned status 403 [item 0]");
		expect(JSON.stringify(error)).not.toContain('signature=');
		expect(readings().length).toBeLessThan(6);
	});

	it.each([
		['once', 2, undefined],
		['always', Infinity, "The connection to Samsara's file host broke [item 0]"],
	])('never keeps part of a file: the connection breaks %s', async (_, breaks, message) => {
		const host = new FileHost((response, request) => {
			response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': '8' });
			if (request <= breaks) response.write('%PDF', () => response.destroy());
			else response.end('%PDF-1.7');
		});
		const id = await medicalCard(pdf);
		const { origin } = sim.media;
		sim.media.origin = await host.listen();
		try {
			const { output, error } = await runSamsara(sim, parameters(id));
			expect(error?.message).toBe(message);
			const files = output.flatMap(({ binary }) => Object.values(binary ?? {}));
			expect(files.map(({ data }) => Buffer.from(data, 'base64').toString())).toEqual(
				message ? [] : ['%PDF-1.7', '%PDF-1.7'],
			);
			expect(host.requests.length).toBeLessThan(8);
		} finally {
			sim.media.origin = origin;
			await host.close();
		}
	});

	it('downloads several files of one record at the same time, but not more than Concurrency says', async () => {
		const waiting: Array<() => void> = [];
		let most = 0;
		// Responds to five requests together, so that it would wait forever for fewer.
		const host = new FileHost((response, request) => {
			waiting.push(() => response.end('%PDF-1.7'));
			most = Math.max(most, waiting.length);
			if (waiting.length === 5 || request === 31) for (const end of waiting.splice(0)) end();
		});
		const id = await medicalCard(...Array.from({ length: 30 }, () => pdf));
		const { origin } = sim.media;
		sim.media.origin = await host.listen();
		try {
			const { output } = await runSamsara(sim, parameters(id, { concurrency: 5 }));
			expect(Object.keys(output[0].binary ?? {})).toHaveLength(31);
			expect(most).toBe(5);
		} finally {
			sim.media.origin = origin;
			await host.close();
		}
	});

	it('can return one item per file, linked to its input item', async () => {
		const id = await medicalCard(pdf);
		const { output } = await runSamsara(sim, parameters(id, { oneItemPerFile: true }));
		expect(output.map(({ binary }) => binary?.data.fileName)).toEqual([
			'Scan.pdf',
			'Signature.jpg',
		]);
		expect(output.every(({ json, pairedItem }) => json.id === id && pairedItem)).toBe(true);
	});

	it('returns only the row for a record without files', async () => {
		const type = typeNamed('Language Certificate');
		const record = [...sim.state.records.values()].find(
			({ typeId, recordStatus }) => typeId === type.id && recordStatus === 'active',
		)!;
		const { output } = await runSamsara(sim, parameters(record.id));
		expect(output[0].json.id).toBe(record.id);
		expect(sim.mediaRequests).toEqual([]);
	});

	it('reports a record that does not exist for its item', async () => {
		const { error } = await runSamsara(sim, parameters('gone:1'));
		expect(error?.message).toContain("'Record' names 'gone:1', but no record has this ID");
		expect(readings()).toHaveLength(1);
	});
});
