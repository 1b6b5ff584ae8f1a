import { SamsaraClient } from '@samsarahq/samsara';
import { itemsOf, locator, rowsOf, runSamsara } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	fieldOf,
	filled,
	itemWith,
	newDriver,
	newRecord,
	recordsOf,
	typeNamed,
	writes,
} from './fixtures';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator();
});

afterAll(async () => await sim.close());

beforeEach(() => {
	sim.reset();
	sim.settings.externalIdsEverywhere = true;
});

const UUID = '0b0f3c5e-2b1c-4d55-9f3a-6a4e1c9b7d10';

const SCAN = { content: 'a scan', mimeType: 'application/pdf', fileName: 'scan.pdf' };
const SIGNED = { content: 'a signature', mimeType: 'image/png', fileName: 'signed.png' };

describe('a medical card as a safety manager enters it', () => {
	it('is sent in the format of the API and returned as it was entered', async () => {
		const type = typeNamed(sim, 'Medical Card');
		const owner = newDriver(sim, 'Tyler Freckmann');
		const [row] = await rowsOf(
			sim,
			newRecord(type, owner, {
				'Examiner Name': 'Dr. Osei',
				'Registry Number': '1234567890',
				'Examination Date': '2026-01-14',
				Restrictions: ' corrective LENSES, Hearing aid',
				Scan: 'scan, photo',
				Signature: 'signed',
			}),
			{
				items: [
					itemWith({
						scan: SCAN,
						photo: { content: 'a photo', mimeType: 'image/jpeg' },
						signed: SIGNED,
					}),
				],
			},
		);
		const option = (label: string) =>
			fieldOf(type, 'Restrictions').options!.find((existing) => existing.label === label)!.id;
		expect(writes(sim).map(({ method, path, status }) => [method, path, status])).toEqual([
			['POST', '/qualification-records', 201],
		]);
		expect(writes(sim)[0].body).toEqual({
			qualificationType: { id: type.id },
			owner: { entityType: 'worker', id: owner },
			issueDate: '2026-01-15T00:00:00Z',
			expirationDate: '2028-01-15T00:00:00Z',
			fields: [
				{
					id: fieldOf(type, 'Examiner Name').id,
					type: 'text',
					textValue: { value: 'Dr. Osei' },
				},
				{
					id: fieldOf(type, 'Registry Number').id,
					type: 'text',
					textValue: { value: '1234567890' },
				},
				{
					id: fieldOf(type, 'Examination Date').id,
					type: 'datetime',
					dateTimeValue: { value: '2026-01-14T12:00:00Z' },
				},
				{
					id: fieldOf(type, 'Restrictions').id,
					type: 'check_boxes',
					checkBoxesValue: { valueIds: [option('Corrective lenses'), option('Hearing aid')] },
				},
				{
					id: fieldOf(type, 'Scan').id,
					type: 'media',
					mediaValue: {
						mediaList: [
							{
								base64Payload: Buffer.from('a scan').toString('base64'),
								mediaType: 'application/pdf',
							},
							{
								base64Payload: Buffer.from('a photo').toString('base64'),
								mediaType: 'image/jpeg',
							},
						],
					},
				},
				{
					id: fieldOf(type, 'Signature').id,
					type: 'signature',
					signatureValue: {
						media: {
							base64Payload: Buffer.from('a signature').toString('base64'),
							mediaType: 'image/png',
						},
					},
				},
			],
		});
		expect(recordsOf(sim, owner).map(({ id }) => id)).toEqual([row.id]);
		const [got] = await rowsOf(sim, {
			resource: 'qualificationRecord',
			operation: 'get',
			recordId: locator(String(row.id)),
		});
		expect(got).toMatchObject({
			type: 'Medical Card',
			ownerName: 'Tyler Freckmann',
			issueDate: '2026-01-15',
			expirationDate: '2028-01-15',
			'Examiner Name': 'Dr. Osei',
			'Examination Date': '2026-01-14',
			Restrictions: 'Corrective lenses, Hearing aid',
		});
		expect(String(got.Scan)).toMatch(/^2 files/);
		expect(String(got.Signature)).toMatch(/^1 file/);
		const files = recordsOf(sim, owner)[0].fields.flatMap(({ mediaIds = [] }) => mediaIds);
		expect(files).toHaveLength(3);
	});

	it("sends the same request as Samsara's SDK", async () => {
		const type = typeNamed(sim, 'Hazmat Certificate');
		const owner = newDriver(sim);
		await rowsOf(
			sim,
			newRecord(type, owner, { 'Certificate Number': 'HZ-1', 'Training Hours': '12.5' }),
		);
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		await sdk.betaApIs.postQualificationRecord({
			qualificationType: { id: type.id },
			owner: { entityType: 'worker', id: owner },
			issueDate: '2026-01-15T00:00:00Z',
			expirationDate: '2028-01-15T00:00:00Z',
			fields: [
				{
					id: fieldOf(type, 'Certificate Number').id,
					type: 'text',
					textValue: { value: 'HZ-1' },
				},
				{
					id: fieldOf(type, 'Training Hours').id,
					type: 'number',
					numberValue: { value: 12.5 },
				},
			],
		});
		const [ours, theirs] = writes(sim);
		expect(JSON.parse(ours.rawBody)).toEqual(JSON.parse(theirs.rawBody));
		expect([ours.method, ours.path, ours.query]).toEqual([
			theirs.method,
			theirs.path,
			theirs.query,
		]);
	});
});

describe('all other types of fields are returned as they were entered', () => {
	it('numbers, times of day, times and choices', async () => {
		const type = typeNamed(sim, 'Annual Inspection');
		const [truck] = sim.state.vehicles.values();
		const [row] = await rowsOf(
			sim,
			newRecord(type, truck.id, {
				Odometer: 120400,
				'Inspection Date': '2026-03-01T00:00:00.000-08:00',
				'Start Time': '8:05',
				'Finished At': '2026-03-01T10:30:00Z',
				Result: 'pass WITH  defects ',
				Inspector: 'Lee',
			}),
		);
		expect(row).toMatchObject({
			ownerId: truck.id,
			Odometer: 120400,
			'Inspection Date': '2026-03-01',
			'Start Time': '08:05',
			'Finished At': '2026-03-01T10:30:00Z',
			Result: 'Pass with defects',
			Inspector: 'Lee',
		});
	});

	it('tables with every type of cell, by column name and by position', async () => {
		const type = typeNamed(sim, 'Training Record');
		const owner = newDriver(sim);
		const trainer = newDriver(sim, 'Grace Hopper');
		const [row] = await rowsOf(
			sim,
			newRecord(type, owner, {
				Course: 'Securing loads',
				Sessions: JSON.stringify([
					{
						topic: 'Straps',
						SCORE: '92.5',
						Outcome: 'passed',
						Materials: ['Slides', 'video'],
						'Held At': '2026-01-10T09:00:00Z',
						Trainer: trainer,
						Badge: 'B-17',
					},
					['Chains', 80, 'Repeat'],
				]),
			}),
		);
		expect(row.Sessions).toEqual([
			{
				Topic: 'Straps',
				Score: 92.5,
				Outcome: 'Passed',
				Materials: 'Slides, Video',
				'Held At': '2026-01-10T09:00:00Z',
				Trainer: 'Grace Hopper',
				Badge: 'B-17',
			},
			{ Topic: 'Chains', Score: 80, Outcome: 'Repeat' },
		]);
	});

	it('two fields with the same label', async () => {
		const type = typeNamed(sim, 'Language Certificate');
		const [row] = await rowsOf(
			sim,
			newRecord(type, newDriver(sim), {
				Language: 'English',
				[fieldOf(type, 'Score').id]: 3,
				'Score (2)': 5,
			}),
		);
		expect(row).toMatchObject({ Score: 3, 'Score (2)': 5 });
	});
});

describe('other ways to specify the fields', () => {
	it('maps input columns to labels', async () => {
		const type = typeNamed(sim, 'Driver License');
		const owner = newDriver(sim);
		const [row] = await rowsOf(
			sim,
			newRecord(
				type,
				owner,
				{},
				{
					fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
				},
			),
			{ items: itemsOf({ ' license NUMBER': 'WA-77', class: 'Class B', shoeSize: 44 }) },
		);
		expect(row).toMatchObject({ 'License Number': 'WA-77', Class: 'Class B' });
	});

	it('accepts labels and values as JSON, or a list in the format of the API', async () => {
		const type = typeNamed(sim, 'Driver License');
		const owner = newDriver(sim);
		const input = (fieldsJson: unknown) =>
			newRecord(type, owner, {}, { fieldsMode: 'json', fieldsJson: JSON.stringify(fieldsJson) });
		const id = fieldOf(type, 'License Number').id;
		const [byLabel] = await rowsOf(sim, input({ 'License number': 'WA-78' }));
		const label = 'License Number';
		const answered = { id, label, type: 'text', textValue: { value: 'WA-79' } };
		const [byApi] = await rowsOf(sim, input([answered]));
		expect([byLabel['License Number'], byApi['License Number']]).toEqual(['WA-78', 'WA-79']);
	});

	describe.each<[string, string, unknown[]]>([
		['number', 'numberValue', [{ value: '12' }, { value: null }, 12]],
		['datetime', 'dateTimeValue', [{ value: '2026-02-30T00:00:00Z' }, { value: 'May 5' }]],
		['multiple_choice', 'multipleChoiceValue', [{ valueId: 'Class A' }, { valueIds: [] }]],
		['check_boxes', 'checkBoxesValue', [{ valueIds: 'H' }, { valueIds: [null] }, []]],
		['media', 'mediaValue', [{ mediaList: [{ id: 'm' }] }, { mediaList: [null] }]],
		['signature', 'signatureValue', [{ media: { id: 'm' } }, {}]],
		[
			'table',
			'tableValue',
			[{ rows: [{ id: '1', cells: [] }] }, { rows: [{ id: UUID, cells: [{ id: 'x' }] }] }],
		],
	])('a %s in the list of the API', (fieldType, member, values) => {
		it.each(values.map((value) => [value] as [unknown]))(
			'is refused before any write as %j',
			async (value) => {
				const [type, field] = [...sim.state.qualificationTypes.values()]
					.flatMap((one) => one.fields.map((each) => [one, each] as const))
					.find(([, each]) => each.type === fieldType)!;
				const [truck] = sim.state.vehicles.keys();
				const owner = type.entityType === 'asset' ? truck : newDriver(sim);
				const fieldsJson = JSON.stringify([{ id: field.id, type: fieldType, [member]: value }]);
				const { error } = await runSamsara(
					sim,
					newRecord(type, owner, {}, { fieldsMode: 'json', fieldsJson }),
				);
				expect(error?.message).toContain(
					`has a '${member}' that is not valid for '${field.label}'`,
				);
				expect(writes(sim)).toEqual([]);
			},
		);
	});

	it.each(['none', 'null', 'missing'] as const)(
		'creates a record of a type without fields, also where they are said to be %s',
		async (nulls) => {
			const account = await startSimulator({ records: 0, nulls });
			try {
				const type = typeNamed(account, 'Training Record');
				type.fields = [];
				const owner = newDriver(account);
				for (const fieldsMode of ['form', 'json'])
					await rowsOf(account, newRecord(type, owner, {}, { fieldsMode, fieldsJson: '[]' }));
				expect(recordsOf(account, owner)).toHaveLength(2);
			} finally {
				await account.close();
			}
		},
	);

	it('accepts a table in the format of the API', async () => {
		const type = typeNamed(sim, 'Training Record');
		const [course, table] = [fieldOf(type, 'Course'), fieldOf(type, 'Sessions')];
		const topic = table.columns!.find(({ label }) => label === 'Topic')!;
		const cells = [{ id: topic.id, type: 'text', textValue: { value: 'Brakes' } }];
		const fields = [
			{ id: course.id, type: 'text', textValue: { value: 'Safety' } },
			{ id: table.id, type: 'table', tableValue: { rows: [{ id: UUID, cells }] } },
		];
		await rowsOf(
			sim,
			newRecord(
				type,
				newDriver(sim),
				{},
				{ fieldsMode: 'json', fieldsJson: JSON.stringify(fields) },
			),
		);
		expect(writes(sim)[0].body).toMatchObject({ fields });
	});

	it.each([true, false])(
		'finds owners by external ID, whether records take them (%s) or not',
		async (everywhere) => {
			sim.settings.externalIdsEverywhere = everywhere;
			const type = typeNamed(sim, 'Hazmat Certificate');
			const owner = newDriver(sim, 'Ext', { payrollId: `P${String(everywhere)}` });
			const parameters = newRecord(type, owner, { 'Certificate Number': '={{ $json.n }}' });
			parameters.ownerId = locator(`payrollId:P${String(everywhere)}`, 'externalId');
			const rows = await rowsOf(sim, parameters, { items: itemsOf({ n: 1 }, { n: 2 }) });
			expect(rows.map((row) => row.ownerId)).toEqual([owner, owner]);
			const lookUps = sim.requests.filter(({ path }) => path.startsWith('/fleet/drivers/'));
			expect(lookUps.map(({ path }) => path)).toEqual([
				`/fleet/drivers/payrollId%3AP${String(everywhere)}`,
			]);
		},
	);

	it('finds an asset by external ID', async () => {
		const [truck] = sim.state.vehicles.values();
		truck.externalIds.unit = 'T 12';
		const type = typeNamed(sim, 'Vehicle Registration');
		const parameters = newRecord(type, truck.id, { Plate: 'C12345' });
		parameters.ownerId = locator('unit:T 12', 'externalId');
		const [row] = await rowsOf(sim, parameters);
		expect(row.ownerId).toBe(truck.id);
	});

	it('accepts the URL of the owner in the dashboard', async () => {
		const type = typeNamed(sim, 'Hazmat Certificate');
		const owner = newDriver(sim);
		const parameters = newRecord(type, owner, { 'Certificate Number': 'HZ-9' });
		parameters.ownerId = locator(`https://cloud.samsara.com/o/20936/drivers/${owner}`, 'url');
		const [row] = await rowsOf(sim, parameters);
		expect(row.ownerId).toBe(owner);
	});
});

describe('reports invalid input before anything is written', () => {
	const card = (values: Record<string, unknown>, more = {}) => {
		const type = typeNamed(sim, 'Medical Card');
		const owner = [...sim.state.drivers.keys()][0];
		return newRecord(type, owner, { 'Examiner Name': 'Dr. Osei', ...values }, more);
	};

	it.each<[string, () => Parameters<typeof runSamsara>[1], RegExp, RegExp]>([
		[
			'a required field is missing',
			() => card({ 'Examiner Name': ' ' }),
			/'Fields' lacks 'Examiner Name'/,
			/required/,
		],
		[
			'the expiration date is before the issue date',
			() => card({}, { expirationDate: '2025-01-01' }),
			/'Expiration Date' \(2025-01-01\) is before 'Issue Date' \(2026-01-15\) \[/,
			/were swapped/,
		],
		[
			'a date is not valid',
			() => card({}, { issueDate: '13/45/2026' }),
			/'Issue Date' is '13\/45\/2026'/,
			/2027-01-15/,
		],
		[
			'the issue date is empty',
			() => card({}, { issueDate: '={{ $json.nothing }}' }),
			/'Issue Date' is empty/,
			/Fill in/,
		],
		[
			'a date field is not valid',
			() => card({ 'Examination Date': 'soon' }),
			/'Examination Date' is 'soon'/,
			/date/,
		],
		[
			'a choice is unknown',
			() => card({ Restrictions: 'Corrective lenses, Eye patch' }),
			/'Restrictions' is 'Eye patch', which is not one of its choices/,
			/'Corrective lenses', 'Hearing aid', 'Intrastate only'/,
		],
		[
			'the file does not exist',
			() => card({ Scan: 'skan' }),
			/'Scan' names the file 'skan'/,
			/'scan', 'movie'/,
		],
		[
			'the file has a type that Samsara does not accept',
			() => card({ Scan: 'movie' }),
			/'movie.mp4' for 'Scan' has the type 'video\/mp4'/,
			/\.jpg, \.png, \.pdf and \.docx/,
		],
		[
			'a signature has two files',
			() => card({ Signature: 'scan, scan' }),
			/'Signature' names 2 files/,
			/single picture/,
		],
		[
			'a field belongs to another type',
			() => card({ 'Plate Colour': 'blue' }),
			/'Fields' has a value for 'Plate Colour', which is not a writable field of 'Medical Card'/,
			/'Examiner Name', 'Registry Number'/,
		],
		[
			'the type does not exist',
			() => card({}, { qualificationType: locator('9814a1fa-f0c6-408b-bf85-51dc3bc71ac7') }),
			/'Qualification Type' names '9814a1fa/,
			/Medical Card/,
		],
		[
			'the owner is empty',
			() => card({}, { ownerId: locator('={{ $json.nothing }}') }),
			/'Owner' is empty/,
			/Pick one/,
		],
		[
			'the type belongs to drivers, not assets',
			() => card({}, { entityType: 'asset' }),
			/'Qualification Type' names/,
			/Vehicle Registration/,
		],
		...(['Update', '', 'overwrite'] as const).map(
			(ifExists): [string, () => Parameters<typeof runSamsara>[1], RegExp, RegExp] => [
				`If It Exists is '${ifExists}'`,
				() => card({}, { options: { ifExists } }),
				new RegExp(`'If It Exists' is ${ifExists && `'${ifExists}'`}.* not one of its choices`),
				/must return fail, skip, or update/,
			],
		),
		[
			'the JSON is not valid',
			() => card({}, { fieldsMode: 'json', fieldsJson: '{oops' }),
			/'Fields \(JSON\)' is not valid JSON/,
			/quotes/,
		],
		[
			'a list in the format of the API has a field of another type',
			() => card({}, { fieldsMode: 'json', fieldsJson: '[{"id":"x","type":"text"}]' }),
			/entry 1, has the ID 'x', which is not a field/,
			/Examiner Name/,
		],
		[
			'a list in the format of the API has a value in another format',
			() => {
				const { id } = fieldOf(typeNamed(sim, 'Medical Card'), 'Examiner Name');
				const fieldsJson = JSON.stringify([{ id, type: 'text', textValue: { text: 'Dr. Moon' } }]);
				return card({}, { fieldsMode: 'json', fieldsJson });
			},
			/entry 1, has a 'textValue' that is not valid for 'Examiner Name'/,
			/"textValue": \{"value": /,
		],
	])('%s', async (_, parameters, message, advice) => {
		const { error } = await runSamsara(sim, parameters(), {
			items: [
				itemWith({
					scan: SCAN,
					movie: { content: 'm', mimeType: 'video/mp4', fileName: 'movie.mp4' },
				}),
			],
		});
		expect(error?.message).toMatch(message);
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(error?.description).toMatch(advice);
		expect(writes(sim)).toEqual([]);
		// Only the fields of the type may be requested.
		expect(sim.requests.every(({ path }) => path === '/qualification-types')).toBe(true);
	});

	it.each([
		['Odometer', '12.5', /'Odometer' is 12.5, but takes whole numbers/],
		['Odometer', '120,400', /'Odometer' must be a number, but is '120,400'/],
		['Result', 'Maybe', /'Result' is 'Maybe', which is not one of its choices/],
	])('%s with %s', async (label, value, message) => {
		const [truck] = sim.state.vehicles.values();
		const type = typeNamed(sim, 'Annual Inspection');
		const { error } = await runSamsara(
			sim,
			newRecord(type, truck.id, { Odometer: 1, [label]: value }),
		);
		expect(error?.message).toMatch(message);
		expect(writes(sim)).toEqual([]);
	});

	it.each([
		['[{"Topik":"x"}]', /'Sessions, row 1' has a value for 'Topik', which is not a column/],
		[
			'[{"Topic":"x"},{"Score":"high"}]',
			/'Sessions, row 2, Score' must be a number, but is 'high'/,
		],
		['[{"Slides":"x"}]', /'Sessions, row 1, Slides' has a type that Samsara's API cannot write/],
		['"text"', /'Sessions' is not a list of rows/],
	])('a table %s', async (Sessions, message) => {
		const type = typeNamed(sim, 'Training Record');
		const { error } = await runSamsara(
			sim,
			newRecord(type, newDriver(sim), { Course: 'c', Sessions }),
		);
		expect(error?.message).toMatch(message);
		expect(writes(sim)).toEqual([]);
	});

	it('continues with the other items if On Error is set to continue', async () => {
		const type = typeNamed(sim, 'Hazmat Certificate');
		const owner = newDriver(sim);
		const { output } = await runSamsara(
			sim,
			newRecord(type, owner, { 'Certificate Number': '={{ $json.number }}' }),
			{
				items: itemsOf({ number: 'A' }, { number: '' }, { number: 'C' }),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(output[1].json.error).toMatch(/lacks 'Certificate Number'/);
		expect(recordsOf(sim, owner)).toHaveLength(2);
	});
});

it('says how large the files were if Samsara rejects them as too large', async () => {
	sim.faults.add({ kind: 'status', status: 413, method: 'POST', body: { message: 'Too large' } });
	const type = typeNamed(sim, 'Medical Card');
	const { error } = await runSamsara(
		sim,
		newRecord(type, newDriver(sim), { 'Examiner Name': 'x', Scan: 'scan' }),
		{ items: [itemWith({ scan: { ...SCAN, content: 'x'.repeat(1_500_000) } })] },
	);
	expect(error?.message).toBe('Too large (scan.pdf 1.5 MB) [item 0]');
	expect(error?.description).toMatch(/fewer or smaller files/);
});

describe('a record with an external ID', () => {
	const withId = (mode: string | undefined, value: string, number = 'HZ-1') =>
		newRecord(
			typeNamed(sim, 'Hazmat Certificate'),
			[...sim.state.drivers.keys()][1],
			{ 'Certificate Number': number },
			{
				additionalFields: { externalIds: { ids: [{ key: 'hr', value }] } },
				options: mode === undefined ? {} : { ifExists: mode },
			},
		);

	it('is created once, then rejected, skipped or updated as If It Exists says', async () => {
		const [first] = await rowsOf(sim, withId(undefined, '1'));
		expect(first).toMatchObject({ created: true, externalIds: 'hr:1' });

		const { error } = await runSamsara(sim, withId(undefined, '1'));
		expect(error?.message).toMatch(
			/A qualification record with the external ID hr:1 already exists/,
		);

		const [skipped] = await rowsOf(sim, withId('skip', '1', 'HZ-2'));
		expect(skipped).toMatchObject({ created: false, id: first.id, 'Certificate Number': 'HZ-1' });

		const [updated] = await rowsOf(sim, withId('update', '1', 'HZ-3'));
		expect(updated).toMatchObject({ created: false, id: first.id, 'Certificate Number': 'HZ-3' });
		expect(writes(sim).map(({ method }) => method)).toEqual(['POST', 'PATCH']);
	});

	it('is created only once by several items of a run', async () => {
		const rows = await rowsOf(sim, withId('skip', '2'), { items: itemsOf({}, {}, {}) });
		expect(rows.map(({ created }) => created)).toEqual([true, false, false]);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
	});

	it("returns Samsara's response if Simplify is off", async () => {
		const [record] = await rowsOf(sim, { ...withId(undefined, '3'), simplify: false });
		expect(record).toMatchObject({ recordStatus: 'active', externalIds: { hr: '3' } });
		expect(record.fields).toHaveLength(1);
	});
});

it('accepts a form that the editor stored with its columns', async () => {
	const type = typeNamed(sim, 'Hazmat Certificate');
	const owner = newDriver(sim);
	const number = fieldOf(type, 'Certificate Number');
	const stored = filled(type, {
		'Certificate Number': 'HZ-5',
		'Completed On': '2026-02-01T00:00:00',
	});
	const [row] = await rowsOf(
		sim,
		newRecord(
			type,
			owner,
			{},
			{
				fields: {
					...stored,
					schema: [
						{
							id: number.id,
							displayName: number.label,
							required: true,
							type: 'string',
							display: true,
						},
					],
				},
			},
		),
	);
	expect(row).toMatchObject({ 'Certificate Number': 'HZ-5', 'Completed On': '2026-02-01' });
});

it('a field with the name of another column does not replace that column', async () => {
	const type = typeNamed(sim, 'Hazmat Certificate');
	const [field] = type.fields;
	const { label } = field;
	field.label = 'created';
	try {
		const [row] = await rowsOf(
			sim,
			newRecord(
				type,
				newDriver(sim),
				{ created: 'HZ-1' },
				{ additionalFields: { externalIds: { ids: [{ key: 'column', value: '1' }] } } },
			),
		);
		expect(row).toMatchObject({ created: true, 'created (2)': 'HZ-1' });
	} finally {
		field.label = label;
	}
});

it('the rows of all items have the same columns if they have the same type', async () => {
	const card = typeNamed(sim, 'Medical Card');
	const owner = newDriver(sim);
	const json = '={{ JSON.stringify($json.fields) }}';
	const rows = await rowsOf(
		sim,
		newRecord(card, owner, {}, { fieldsMode: 'json', fieldsJson: json, ownerId: locator(owner) }),
		{
			items: itemsOf(
				{ fields: { 'Examiner Name': 'A', 'Examination Date': '2026-01-14' } },
				{
					fields: {
						'Examiner Name': 'B',
						'Registry Number': '123',
						'Examination Date': '2026-01-14',
					},
				},
			),
		},
	);
	const [columns, others] = rows.map(Object.keys);
	expect(others).toEqual(columns);
	expect(columns.slice(6, 9)).toEqual(['Examiner Name', 'Registry Number', 'Examination Date']);
	expect(rows.map((row) => row['Registry Number'])).toEqual([null, '123']);
});

it('a type that the list repeats is not ambiguous', async () => {
	const type = typeNamed(sim, 'Hazmat Certificate');
	const { id, name, entityType, fields } = type;
	const data = [1, 2].map(() => ({ id, name, entityType, fields }));
	for (const qualificationType of [id, name]) {
		sim.faults.add({ kind: 'status', status: 200, path: /qualification-types/, body: { data } });
		await rowsOf(sim, {
			...newRecord(type, newDriver(sim), { 'Certificate Number': 'HZ-1' }),
			qualificationType: locator(qualificationType),
		});
	}
});
