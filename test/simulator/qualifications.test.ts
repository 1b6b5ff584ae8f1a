import { simulated } from './client.mts';
import type { JsonResponse, Client } from './client.mts';
import type { FieldDefinition, QualificationType } from './index.mts';

let api: Client;
let license: QualificationType;
let owner: { entityType: string; id: string };

beforeEach(async () => {
	api = await simulated({ records: 40 });
	license = typeNamed('Driver License');
	owner = { entityType: 'worker', id: [...api.simulator.state.drivers.keys()][0] };
});

afterEach(() => api.simulator.close());

function typeNamed(name: string): QualificationType {
	const types = [...api.simulator.state.qualificationTypes.values()];
	return types.find((type) => type.name === name) as QualificationType;
}

function field(type: QualificationType, label: string): FieldDefinition {
	return type.fields.find((candidate) => candidate.label === label) as FieldDefinition;
}

function request(change: object = {}) {
	return {
		qualificationType: { id: license.id },
		owner,
		issueDate: '2025-08-27T10:20:30Z',
		expirationDate: '2027-08-27T10:20:30+02:00',
		fields: [text(license, 'License Number', 'WDL123')],
		...change,
	};
}

function text(type: QualificationType, label: string, value: string) {
	return { id: field(type, label).id, type: 'text', textValue: { value } };
}

async function create(change: object = {}): Promise<JsonResponse> {
	const {
		status,
		body,
		text: raw,
	} = await api.send('POST', '/qualification-records', request(change));
	if (status !== 201) throw new Error(raw);
	return body.data;
}

async function read(id: JsonResponse): Promise<JsonResponse> {
	return (await api.get(`/qualification-records?ids=${String(id)}`)).body.data;
}

describe('types', () => {
	it('are listed by entity type and by IDs', async () => {
		const workers = await api.pages('/qualification-types?entityType=worker');
		expect(workers.flat()).toHaveLength(6);
		const one = await api.pages(`/qualification-types?entityType=worker&ids=${license.id}`);
		expect(one.flat()).toEqual([JSON.parse(JSON.stringify(license))]);
	});
});

describe('create', () => {
	it('responds with 201, labels, readable values and UTC times', async () => {
		const licenseClass = field(license, 'Class');
		const option = licenseClass.options?.[1];
		const choice = {
			id: licenseClass.id,
			type: 'multiple_choice',
			multipleChoiceValue: { valueId: option?.id },
		};
		const data = await create({ fields: [text(license, 'License Number', 'W1'), choice] });
		expect(data).toMatchObject({
			recordStatus: 'active',
			owner,
			expirationDate: '2027-08-27T08:20:30Z',
			qualificationType: { id: license.id, name: 'Driver License' },
			createdBy: { type: 'user' },
			fields: [
				{ label: 'License Number', textValue: { value: 'W1' } },
				{ label: 'Class', multipleChoiceValue: { value: 'Class B', valueId: option?.id } },
			],
		});
		expect((await read(data.id))[0]).not.toHaveProperty('externalIds');
	});

	it('stores tables with all types of cells', async () => {
		const training = typeNamed('Training Record');
		const sessions = field(training, 'Sessions');
		const columns = Object.fromEntries(
			(sessions.columns ?? []).map((column) => [column.label, column]),
		);
		const outcome = columns.Outcome.options?.[0].id;
		const cells = [
			{ id: columns.Topic.id, type: 'text', textValue: { value: 'Chains' } },
			{ id: columns.Score.id, type: 'number', numberValue: { value: 87.5 } },
			{
				id: columns.Outcome.id,
				type: 'multiple_choice',
				multipleChoiceValue: { valueId: outcome },
			},
			{
				id: columns['Held At'].id,
				type: 'datetime',
				dateTimeValue: { value: '2026-01-02T03:04:05Z' },
			},
			{
				id: columns.Trainer.id,
				type: 'person',
				personValue: { person: { polymorphicUserId: owner.id } },
			},
			{ id: columns.Badge.id, type: 'barcode', barcodeValue: { barcodes: [{ value: '4006381' }] } },
		];
		const row = { id: '11111111-1111-4111-8111-111111111111', cells };
		const table = { id: sessions.id, type: 'table', tableValue: { rows: [row] } };
		const fields = [text(training, 'Course', 'Winter'), table];
		const data = await create({ qualificationType: { id: training.id }, fields });
		const { tableValue } = data.fields[1];
		expect(tableValue.columns).toHaveLength(9);
		expect(tableValue.rows[0].cells).toMatchObject([
			{ textValue: { value: 'Chains' } },
			{ numberValue: { value: 87.5 } },
			{ multipleChoiceValue: { value: 'Passed' } },
			{ dateTimeValue: { type: 'datetime', value: '2026-01-02T03:04:05Z' } },
			{ personValue: { person: { entryType: 'tracked', name: 'Tyler Freckmann' } } },
			{ barcodeValue: { barcodes: [{ value: '4006381' }] } },
		]);
	});

	it.each<[string, (valid: ReturnType<typeof request>) => object]>([
		['a required field missing', () => ({ fields: [] })],
		['an unknown type', () => ({ qualificationType: { id: owner.id.padStart(36, '0') } })],
		['an unknown owner', () => ({ owner: { ...owner, id: '1' } })],
		['an owner of the other entity type', () => ({ owner: { ...owner, entityType: 'asset' } })],
		['an expiration before issue', () => ({ expirationDate: '2025-08-01T00:00:00Z' })],
		['a date without time', () => ({ issueDate: '2025-08-27' })],
		['a repeated field', ({ fields }) => ({ fields: [...fields, ...fields] })],
		['a wrong field type', ({ fields }) => ({ fields: [{ ...fields[0], type: 'number' }] })],
		[
			'two value objects',
			({ fields }) => ({ fields: [{ ...fields[0], numberValue: { value: 1 } }] }),
		],
		[
			'an unknown choice',
			({ fields }) => ({
				fields: [
					...fields,
					{
						id: field(license, 'Class').id,
						type: 'multiple_choice',
						multipleChoiceValue: { valueId: license.id },
					},
				],
			}),
		],
	])('rejects %s', async (_name, change) => {
		const count = api.simulator.state.records.size;
		const { status } = await api.send('POST', '/qualification-records', {
			...request(),
			...change(request()),
		});
		expect(status).toBe(400);
		expect(api.simulator.state.records.size).toBe(count);
	});

	it('rejects an external ID that is in use, and finds the record by it', async () => {
		await create({ externalIds: { hr: '7' } });
		const again = await api.send(
			'POST',
			'/qualification-records',
			request({ externalIds: { hr: '7' } }),
		);
		expect(again.status).toBe(400);
		const found = await api.get('/qualification-records?ids=hr:7,nobody:8&includeExternalIds=true');
		expect(found.body.data).toHaveLength(1);
		expect(found.body.data[0].externalIds).toEqual({ hr: '7' });
		expect(found.body.data[0].owner.externalIds).toEqual({ payrollId: 'P10001' });
	});
});

describe('update', () => {
	it('changes only the listed fields and clears the expiration date with 1970', async () => {
		const { id } = await create({
			fields: [text(license, 'License Number', 'W1'), text(license, 'Issuing State', 'WA')],
		});
		const { status, body } = await api.send('PATCH', '/qualification-records', {
			id,
			expirationDate: '1970-01-01T00:00:00Z',
			fields: [text(license, 'Issuing State', 'OR')],
		});
		expect(status).toBe(200);
		expect(body.data).not.toHaveProperty('expirationDate');
		expect(body.data.fields).toMatchObject([
			{ textValue: { value: 'W1' } },
			{ textValue: { value: 'OR' } },
		]);
		const type = await api.send('PATCH', '/qualification-records', {
			id,
			qualificationType: { id: license.id },
		});
		expect(type.status).toBe(400);
	});
});

describe('archive and delete', () => {
	it('respond with 200 and no body; only archiving can be undone', async () => {
		const { id } = await create();
		const archived = await api.send('POST', '/qualification-records/archive', { id });
		expect([archived.status, archived.text]).toEqual([200, '']);
		expect((await read(id))[0].recordStatus).toBe('archived');
		await api.send('POST', '/qualification-records/unarchive', { id });
		expect((await read(id))[0].recordStatus).toBe('active');
		const deleted = await api.send('DELETE', '/qualification-records', { id });
		expect([deleted.status, deleted.text]).toEqual([200, '']);
		expect(await read(id)).toEqual([]);
		expect((await api.send('DELETE', '/qualification-records', { id })).status).toBe(404);
		expect(api.simulator.state.records.get(String(id))?.recordStatus).toBe('deleted');
	});

	it('accept external IDs in bodies only with that setting', async () => {
		await create({ externalIds: { hr: '7' }, owner: { ...owner, id: 'payrollId:P10001' } });
		const archive = () => api.send('POST', '/qualification-records/archive', { id: 'hr:7' });
		expect((await archive()).status).toBe(200);
		api.simulator.settings.externalIdsEverywhere = false;
		expect((await archive()).status).toBe(404);
		const rejected = request({ owner: { ...owner, id: 'payrollId:P10001' } });
		expect((await api.send('POST', '/qualification-records', rejected)).status).toBe(400);
	});

	it('accept at most 100 IDs', async () => {
		const ids = (count: number) => Array.from({ length: count }, (_, n) => `x:${n}`).join(',');
		expect((await api.get(`/qualification-records?ids=${ids(100)}`)).status).toBe(200);
		expect((await api.get(`/qualification-records?ids=${ids(101)}`)).status).toBe(400);
		expect((await api.get('/qualification-records')).status).toBe(400);
	});
});
