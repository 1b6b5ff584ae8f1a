import { clock } from '../../../nodes/Samsara/api/clock';
import { itemsOf, locator, rowsOf, speedUp } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';

/*
 * The quirks of Samsara's API, one by one, by their numbers in the notes that this package is based on. Numbers 11 and 12
 * are about webhooks, which it does not use.
 */

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ drivers: 12, vehicles: 4, trailers: 4, equipment: 4, records: 60 });
});

beforeEach(() => sim.reset());

afterAll(async () => await sim.close());

const calls = (method: string, path?: string) =>
	sim.requests.filter(
		(request) => request.method === method && (path === undefined || request.path === path),
	);

const first = <T>(map: Map<string, T>) => [...map.values()][0];

const attribute = (attributeType: string, entityType = 'driver') =>
	[...sim.state.attributes.values()].find(
		(candidate) =>
			candidate.attributeType === attributeType &&
			candidate.entityType === entityType &&
			candidate.attributeValueQuantity === undefined,
	)!;

const typeNamed = (name: string) =>
	[...sim.state.qualificationTypes.values()].find((type) => type.name === name)!;

const activeRecord = () =>
	[...sim.state.records.values()].find(({ recordStatus }) => recordStatus === 'active')!;

test('1: sends the entity type of an attribute as a query parameter to list, get and delete, and in the body to create and update', async () => {
	const created = await rowsOf(sim, {
		resource: 'attribute',
		operation: 'create',
		entityType: 'driver',
		name: 'Trap 1',
		attributeType: 'text',
	});
	const attributeId = locator(String(created[0].id));
	await rowsOf(sim, { resource: 'attribute', operation: 'get', entityType: 'driver', attributeId });
	await rowsOf(sim, {
		resource: 'attribute',
		operation: 'update',
		entityType: 'driver',
		attributeId,
		updateFields: { name: 'Trap one' },
	});
	await rowsOf(sim, {
		resource: 'attribute',
		operation: 'delete',
		entityType: 'driver',
		attributeId,
	});
	expect(calls('POST', '/attributes')[0].body).toMatchObject({ entityType: 'driver' });
	expect(calls('PATCH')[0]).toMatchObject({ query: '', body: { entityType: 'driver' } });
	expect(calls('GET', `/attributes/${created[0].id}`)[0].query).toContain('entityType=driver');
	expect(calls('DELETE')[0]).toMatchObject({
		path: `/attributes/${created[0].id}`,
		query: 'entityType=driver',
	});
});

test('2: offers current and legacy attribute types, and keeps the quantity of a legacy attribute', async () => {
	const older = [...sim.state.attributes.values()].find(
		({ attributeValueQuantity }) => attributeValueQuantity === 'multi',
	)!;
	const attributeId = locator(older.id);
	await rowsOf(sim, {
		resource: 'attribute',
		operation: 'update',
		entityType: older.entityType,
		attributeId,
		updateFields: { name: `${older.name} renamed` },
	});
	expect(sim.state.attributes.get(older.id)).toMatchObject({
		attributeValueQuantity: 'multi',
		attributeType: older.attributeType,
	});
});

test('3: returns entity IDs as text although the API returns numbers, even beyond 2^53', async () => {
	const large = [...sim.state.drivers.keys()].find((id) => Number(id) > Number.MAX_SAFE_INTEGER)!;
	const { id } = attribute('text');
	sim.state.drivers.get(large)!.attributes = [{ attributeId: id, stringValues: ['x'] }];
	const rows = await rowsOf(sim, {
		resource: 'attribute',
		operation: 'getAssignments',
		entityType: 'driver',
		attributeId: locator(id),
	});
	expect(rows.map(({ entityId }) => entityId)).toContain(large);
});

test('4: sends dates right after creating a driver instead of with it', async () => {
	const { id } = attribute('date');
	const [row] = await rowsOf(sim, {
		resource: 'driver',
		operation: 'create',
		name: 'Trap Four',
		username: 'trap.four',
		password: 'secret-word-1',
		attributes: { mappingMode: 'defineBelow', value: { [id]: '2027-03-01' } },
	});
	expect(JSON.stringify(calls('POST')[0].body)).not.toContain('dateValues');
	expect(sim.state.drivers.get(String(row.id))!.attributes).toEqual([
		{ attributeId: id, dateValues: ['2027-03-01'] },
	]);
});

test('5: does not send the unit in an update', async () => {
	const { id } = attribute('number');
	await rowsOf(sim, {
		resource: 'attribute',
		operation: 'update',
		entityType: 'driver',
		attributeId: locator(id),
		updateFields: { name: 'Five' },
	});
	expect(calls('PATCH')[0].body).not.toHaveProperty('unit');
});

test.each(['trailer', 'equipment'])(
	'6: lists %s with attributes although that list of the API has none',
	async (resource) => {
		const { id, name } = attribute('text', 'asset');
		const entity = first(resource === 'trailer' ? sim.state.trailers : sim.state.equipment);
		entity.attributes = [{ attributeId: id, stringValues: ['seen'] }];
		const rows = await rowsOf(sim, { resource, operation: 'getAll', returnAll: true });
		expect(rows.find((row) => row.id === entity.id)).toMatchObject({ [name]: 'seen' });
	},
);

describe.each(['merge', 'replace'] as const)(
	'7: if the API would %s attributes',
	(attributeWrites) => {
		test.each(['driver', 'vehicle', 'trailer', 'equipment'])(
			'keeps the other attributes of a %s when setting one',
			async (resource) => {
				sim.settings.attributeWrites = attributeWrites;
				const entityType = resource === 'driver' ? 'driver' : 'asset';
				const [text, number] = [attribute('text', entityType), attribute('number', entityType)];
				const maps = {
					driver: sim.state.drivers,
					vehicle: sim.state.vehicles,
					trailer: sim.state.trailers,
					equipment: sim.state.equipment,
				};
				const entity = first<{ id: string; attributes: object[] }>(
					maps[resource as keyof typeof maps] as never,
				);
				entity.attributes = [{ attributeId: text.id, stringValues: ['kept'] }];
				await rowsOf(sim, {
					resource,
					operation: 'setAttributes',
					[`${resource}Id`]: locator(entity.id),
					attributes: {
						mappingMode: 'defineBelow',
						value: { [number.id]: number.numberValues[0] ?? 12 },
					},
				});
				expect(entity.attributes).toEqual(
					expect.arrayContaining([
						{ attributeId: text.id, stringValues: ['kept'] },
						{ attributeId: number.id, numberValues: [number.numberValues[0] ?? 12] },
					]),
				);
			},
		);
	},
);

test('8: sends the ID of a qualification record in the body, even of a delete', async () => {
	const { id } = activeRecord();
	for (const operation of ['archive', 'unarchive', 'delete']) {
		await rowsOf(sim, { resource: 'qualificationRecord', operation, recordId: locator(id) });
	}
	expect(sim.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
		['POST', '/qualification-records/archive', { id }],
		['POST', '/qualification-records/unarchive', { id }],
		['DELETE', '/qualification-records', { id }],
	]);
});

test('9: sends files in mediaValue, and reads them from mediaList', async () => {
	const type = typeNamed('Medical Card');
	const label = (name: string) => type.fields.find((field) => field.label === name)!.id;
	const scan = Buffer.from('%PDF-1.4 scan');
	const [row] = await rowsOf(
		sim,
		{
			resource: 'qualificationRecord',
			operation: 'create',
			entityType: 'worker',
			qualificationType: locator(type.id),
			ownerId: locator([...sim.state.drivers.keys()][0]),
			issueDate: '2026-01-15',
			fields: {
				mappingMode: 'defineBelow',
				value: { [label('Examiner Name')]: 'Dr. Moon', [label('Scan')]: 'scan' },
			},
			simplify: false,
		},
		{
			items: [
				{
					json: {},
					binary: {
						scan: {
							data: scan.toString('base64'),
							mimeType: 'application/pdf',
							fileName: 'scan.pdf',
						},
					},
				},
			],
		},
	);
	expect(calls('POST')[0].body).toMatchObject({
		fields: expect.arrayContaining([
			{
				id: label('Scan'),
				type: 'media',
				mediaValue: {
					mediaList: [{ base64Payload: scan.toString('base64'), mediaType: 'application/pdf' }],
				},
			},
		]),
	});
	const fields = row.fields as Array<{ id: string; mediaList?: unknown[] }>;
	expect(fields.find(({ id }) => id === label('Scan'))!.mediaList).toHaveLength(1);
});

test('10: always gives the stream an end time, because it would otherwise never end', async () => {
	const restore = speedUp(100);
	sim.settings.now = () => new Date(clock.now());
	await rowsOf(sim, {
		resource: 'qualificationRecord',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
	});
	restore();
	sim.settings.now = () => new Date();
	const streams = calls('GET', '/qualification-records/stream');
	expect(streams.length).toBeGreaterThan(0);
	for (const { query } of streams) expect(query).toMatch(/(^|&)endTime=\d{4}-/);
});

test('13: respects a Retry-After with a fraction of a second', async () => {
	sim.faults.add({
		kind: 'status',
		status: 429,
		headers: { 'Retry-After': '0.40235' },
		path: '/fleet/drivers/:id',
		times: 1,
	});
	await rowsOf(sim, {
		resource: 'driver',
		operation: 'get',
		driverId: locator([...sim.state.drivers.keys()][0]),
	});
	const [refused, answered] = calls('GET');
	expect(answered.at - refused.at).toBeGreaterThanOrEqual(395);
});

test('14: accepts any 2xx status as success, with or without a body: 200, 201, 204', async () => {
	const type = typeNamed('Hazmat Certificate');
	const created = await rowsOf(sim, {
		resource: 'qualificationRecord',
		operation: 'create',
		entityType: 'worker',
		qualificationType: locator(type.id),
		ownerId: locator([...sim.state.drivers.keys()][1]),
		issueDate: '2026-01-15',
		fieldsMode: 'json',
		fieldsJson: JSON.stringify([
			{ id: type.fields[0].id, type: 'text', textValue: { value: 'HM-1' } },
		]),
	});
	const trailer = first(sim.state.trailers);
	const deleted = await rowsOf(sim, {
		resource: 'trailer',
		operation: 'delete',
		trailerId: locator(trailer.id),
	});
	const archived = await rowsOf(
		sim,
		{ resource: 'qualificationRecord', operation: 'archive', recordId: locator('={{ $json.id }}') },
		{ items: itemsOf({ id: created[0].id }) },
	);
	expect(sim.requests.filter(({ method }) => method !== 'GET').map(({ status }) => status)).toEqual(
		[201, 204, 200],
	);
	expect([deleted[0], archived[0]]).toEqual([
		expect.objectContaining({ deleted: true }),
		expect.objectContaining({ archived: true }),
	]);
});
