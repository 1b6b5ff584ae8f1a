import { bySdk, recorded } from '../../../../oracle';
import { itemsOf } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	attributeNamed,
	calls,
	form,
	attributesOf,
	rowsFrom,
	run,
} from '../shared/attributeEntities';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator({ records: 0 });
});
afterEach(async () => await sim.close());

const ana = { name: 'Ana Ruiz', username: 'ana.ruiz', password: 'first-Pass1' };
const external = (key: string, value: string) => ({ externalIds: { ids: [{ key, value }] } });
const found = () =>
	[...sim.state.drivers.values()].filter(({ username }) => username === 'ana.ruiz');
const posts = () => sim.requests.filter(({ method }) => method === 'POST');

it('updates a driver who has an external ID set by Samsara, which Samsara accepts from nobody else', async () => {
	const [driver] = sim.state.drivers.values();
	driver.externalIds = { 'samsara.serial': 'S-1', payrollId: 'A-1' };
	sim.state.index(driver);
	const [row] = await rowsFrom(sim, 'driver', 'create', {
		...ana,
		additionalFields: { ...external('payrollId', 'A-1'), phone: '' },
		options: { ifExists: 'update' },
	});
	expect(row.id).toBe(driver.id);
	expect(sim.requests.find(({ method }) => method === 'PATCH')!.body).toEqual({
		name: ana.name,
		username: ana.username,
		externalIds: { payrollId: 'A-1' },
	});
});

it('creates one driver from two items with the same external IDs in a different order', async () => {
	const one = { badge: 'B-1', payrollId: 'A-1', name: 'Ana Ruiz', username: 'ana.ruiz' };
	const rows = await rowsFrom(
		sim,
		'driver',
		'create',
		{
			name: '={{ $json.name }}',
			username: '={{ $json.username }}',
			password: 'first-Pass1',
			additionalFields: {
				externalIds: {
					ids: [
						{ key: '={{ $json.ids[0].key }}', value: '={{ $json.ids[0].value }}' },
						{ key: '={{ $json.ids[1].key }}', value: '={{ $json.ids[1].value }}' },
					],
				},
			},
			options: { ifExists: 'skip' },
		},
		{
			items: itemsOf(
				{
					...one,
					ids: [
						{ key: 'badge', value: 'B-1' },
						{ key: 'payrollId', value: 'A-1' },
					],
				},
				{
					...one,
					ids: [
						{ key: 'payrollId', value: 'A-1' },
						{ key: 'badge', value: 'B-1' },
					],
				},
			),
		},
	);
	expect(rows[0].id).toBe(rows[1].id);
	expect(posts()).toHaveLength(1);
});

it('items that update one driver by username keep the attributes of each other', async () => {
	const [{ id, name, username }] = sim.state.drivers.values();
	const values = { 'License Class': '={{ $json.class }}', Languages: '={{ $json.languages }}' };
	await rowsFrom(
		sim,
		'driver',
		'create',
		{
			...ana,
			name,
			username,
			attributes: form(sim, 'driver', values),
			options: { ifExists: 'update' },
		},
		{ items: itemsOf({ class: 'Class A', languages: '' }, { class: '', languages: 'French' }) },
	);
	expect(attributesOf(sim, 'driver', id)).toMatchObject({
		'License Class': ['Class A'],
		Languages: ['French'],
	});
});

it('refuses external IDs that belong to two drivers', async () => {
	const [one, two] = sim.state.drivers.values();
	one.externalIds = { payrollId: 'A-1' };
	two.externalIds = { badge: 'B-1' };
	for (const driver of [one, two]) sim.state.index(driver);
	const { error } = await run(sim, 'driver', 'create', {
		...ana,
		additionalFields: {
			externalIds: {
				ids: [
					{ key: 'payrollId', value: 'A-1' },
					{ key: 'badge', value: 'B-1' },
				],
			},
		},
		options: { ifExists: 'update' },
	});
	expect(error?.message).toContain(`in Samsara, ${one.id} and ${two.id}`);
	expect(sim.requests.every(({ method }) => method === 'GET')).toBe(true);
});

it('creates a driver with all fields and attributes', async () => {
	const [row] = await rowsFrom(sim, 'driver', 'create', {
		...ana,
		additionalFields: {
			...external('payrollId', 'A-1'),
			licenseNumber: 'E123',
			licenseState: 'CA',
			tagIds: ['Long Haul'],
			dateOfBirth: '1990-05-01T00:00:00',
			eldExempt: true,
		},
		attributes: form(sim, 'driver', { 'License Class': 'class a', Languages: 'English, Spanish' }),
	});
	const [driver] = found();
	const values = { 'License Class': 'Class A', Languages: 'English, Spanish' };
	const definitions = [...sim.state.attributes.values()].filter(
		({ entityType }) => entityType === 'driver',
	);
	expect(Object.entries(row)).toEqual([
		['name', 'Ana Ruiz'],
		...definitions.map(({ name, attributeType }) => [
			name,
			values[name as keyof typeof values] ?? (attributeType === 'number' ? undefined : null),
		]),
		['username', 'ana.ruiz'],
		['status', 'active'],
		['phone', null],
		['email', null],
		['licenseNumber', 'E123'],
		['licenseState', 'CA'],
		['dateOfBirth', '1990-05-01'],
		['vehicle', null],
		['tags', 'Long Haul'],
		['notes', null],
		['externalIds', 'payrollId:A-1'],
		['id', driver.id],
	]);
	expect(posts().map(({ body }) => body)).toEqual([
		{
			...ana,
			licenseNumber: 'E123',
			licenseState: 'CA',
			dateOfBirth: '1990-05-01',
			eldExempt: true,
			externalIds: { payrollId: 'A-1' },
			tagIds: ['4029140'],
			attributes: [
				expect.objectContaining({ name: 'License Class', stringValues: ['Class A'] }),
				expect.objectContaining({ name: 'Languages', stringValues: ['English', 'Spanish'] }),
			],
		},
	]);
});

it("sends the same request as the vendor's SDK, and reads no attributes for a response", async () => {
	const theirs = await bySdk(sim, async (sdk) => await sdk.drivers.create({ ...ana, phone: '1' }));
	sim.state.drivers.delete(found()[0].id);
	const ours = await recorded(sim, async () =>
		rowsFrom(sim, 'driver', 'create', {
			...ana,
			additionalFields: { phone: '1' },
			simplify: false,
		}),
	);
	expect(ours).toEqual(theirs);
});

it('sets date attributes with a second request that keeps the rest', async () => {
	for (const attributeWrites of ['merge', 'replace'] as const) {
		sim.settings.attributeWrites = attributeWrites;
		const username = `ana.${attributeWrites}`;
		const [row] = await rowsFrom(sim, 'driver', 'create', {
			...ana,
			username,
			attributes: form(sim, 'driver', { 'Hire Date': '2026-11-01', 'License Class': 'Class B' }),
		});
		expect(row).toMatchObject({ 'Hire Date': '2026-11-01', 'License Class': 'Class B' });
		expect(attributesOf(sim, 'driver', String(row.id))).toEqual({
			'Hire Date': ['2026-11-01'],
			'License Class': ['Class B'],
		});
	}
	expect(JSON.stringify(posts().map(({ body }) => body))).not.toContain('dateValues');
});

it('says that the driver was created if only the dates were not set', async () => {
	sim.faults.add({ kind: 'status', method: 'PATCH', status: 400, body: { message: 'No dates' } });
	const { error } = await run(sim, 'driver', 'create', {
		...ana,
		attributes: form(sim, 'driver', { 'Hire Date': '2026-11-01' }),
	});
	const [driver] = found();
	expect(error?.message).toContain(`was created with the ID ${driver.id}`);
	expect(error?.message).toContain('No dates');
});

describe('after a lost response', () => {
	it.each([
		['created, by username', {}, true],
		['not created, by username', {}, false],
		['created, by external ID', external('payrollId', 'A-1'), true],
		['not created, by external ID', external('payrollId', 'A-1'), false],
	])('creates one driver if it was %s', async (_, additionalFields, applied) => {
		sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/drivers', applied });
		const [row] = await rowsFrom(sim, 'driver', 'create', { ...ana, additionalFields });
		expect(found().map(({ id }) => id)).toEqual([row.id]);
		expect(posts()).toHaveLength(applied ? 1 : 2);
	});

	describe.each([
		['username', {}],
		['external ID', external('payrollId', 'A-1')],
	])('found by %s', (_, additionalFields) => {
		afterEach(() => {
			sim.settings.clockOffsetMs = 0;
		});

		it.each([
			[-240, 30],
			[-240, 450],
			[0, 30],
			[240, 30],
			[240, 450],
		])(
			"with Samsara's clock off by %d s, a driver created %d s before the request is not the new one",
			async (seconds, ago) => {
				sim.settings.clockOffsetMs = seconds * 1000;
				const options = { additionalFields, options: { pace: 'learn' } };
				await rowsFrom(sim, 'driver', 'create', { ...ana, ...options });
				found()[0].createdAtTime = new Date(Date.now() + (seconds - ago) * 1000).toISOString();
				sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/drivers' });
				const { error } = await run(sim, 'driver', 'create', { ...ana, ...options });
				expect(error?.message).toContain('already');
				expect(found()).toHaveLength(1);
			},
		);

		it.each([-240, 240])(
			"with Samsara's clock off by %d s, the driver created by the request is recognized",
			async (seconds) => {
				sim.settings.clockOffsetMs = seconds * 1000;
				sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/drivers', applied: true });
				const [row] = await rowsFrom(sim, 'driver', 'create', { ...ana, additionalFields });
				expect(found().map(({ id }) => id)).toEqual([row.id]);
			},
		);

		it('does not give one driver to two items', async () => {
			sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/drivers', after: 1 });
			const { output } = await run(
				sim,
				'driver',
				'create',
				{ ...ana, additionalFields },
				{ items: itemsOf({}, {}), settings: { onError: 'continueRegularOutput' } },
			);
			expect(output.map(({ json }) => [json.id, json.error])).toEqual([
				[found()[0].id, undefined],
				[undefined, expect.stringContaining('already')],
			]);
		});
	});

	it("recognizes a driver when Samsara's clock is ten minutes behind", async () => {
		sim.settings.clockOffsetMs = -600_000;
		sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/drivers', applied: true });
		const additionalFields = external('payrollId', 'A-1');
		const [row] = await rowsFrom(sim, 'driver', 'create', { ...ana, additionalFields });
		expect(found().map(({ id }) => id)).toEqual([row.id]);
		expect(posts()).toHaveLength(1);
	});

	const path = '/fleet/drivers/payrollId%3AA-1';
	const answer = { ...ana, id: '77', externalIds: { payrollId: 'A-1' } };

	it.each([
		["Samsara's time is unknown", { createdAtTime: new Date().toISOString() }, { date: '-' }],
		['the driver has no creation time', {}, {}],
	])('says that the outcome is uncertain when %s', async (_, times, headers) => {
		sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/drivers' });
		const body = { data: { ...answer, ...times } };
		sim.faults.add({ kind: 'status', status: 200, method: 'GET', path, body, headers });
		const { error } = await run(sim, 'driver', 'create', {
			...ana,
			additionalFields: external('payrollId', 'A-1'),
		});
		expect(error?.message).toContain('may or may not have completed');
		expect(posts()).toHaveLength(1);
	});

	it('does not take a driver without the external ID for the new one', async () => {
		sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/drivers' });
		const data = { ...answer, externalIds: {}, createdAtTime: new Date().toISOString() };
		sim.faults.add({ kind: 'status', status: 200, method: 'GET', path, body: { data } });
		const [row] = await rowsFrom(sim, 'driver', 'create', {
			...ana,
			additionalFields: external('payrollId', 'A-1'),
		});
		expect(found().map(({ id }) => id)).toEqual([row.id]);
	});
});

describe('If It Exists', () => {
	it('fails by default', async () => {
		await rowsFrom(sim, 'driver', 'create', ana);
		const { error } = await run(sim, 'driver', 'create', ana);
		expect(error?.message).toContain('already taken');
		expect(found()).toHaveLength(1);
	});

	it.each([
		['username', {}],
		['external ID', external('payrollId', 'A-1')],
	])('skips or updates by %s', async (_, additionalFields) => {
		const attributes = form(sim, 'driver', { 'License Class': 'Class A', Languages: 'English' });
		const [created] = await rowsFrom(sim, 'driver', 'create', {
			...ana,
			additionalFields,
			attributes,
		});
		const again = {
			...ana,
			name: 'Ana R. Ruiz',
			password: 'second',
			additionalFields,
			attributes: form(sim, 'driver', { 'License Class': 'Class B', 'Hire Date': '2026-11-01' }),
		};
		const [skipped] = await rowsFrom(sim, 'driver', 'create', {
			...again,
			options: { ifExists: 'skip' },
		});
		expect(skipped).toMatchObject({ id: created.id, name: 'Ana Ruiz', 'License Class': 'Class A' });
		const [updated] = await rowsFrom(sim, 'driver', 'create', {
			...again,
			options: { ifExists: 'update' },
		});
		expect(updated).toMatchObject({
			id: created.id,
			name: 'Ana R. Ruiz',
			'License Class': 'Class B',
			Languages: 'English',
			'Hire Date': '2026-11-01',
		});
		expect(sim.requests.at(-1)).toMatchObject({ method: 'PATCH' });
		expect(sim.requests.at(-1)?.body).not.toHaveProperty('password');
		expect(found()).toHaveLength(1);
	});

	it('updates no driver without the external ID, even if Samsara responds with one', async () => {
		const [other] = sim.state.drivers.values();
		sim.faults.add({
			kind: 'status',
			status: 200,
			method: 'GET',
			path: '/fleet/drivers/payrollId%3AA-1',
			body: { data: { id: other.id, name: other.name, externalIds: { payrollId: 'A-2' } } },
		});
		const [row] = await rowsFrom(sim, 'driver', 'create', {
			...ana,
			additionalFields: external('payrollId', 'A-1'),
			options: { ifExists: 'update' },
		});
		expect(found().map(({ id }) => id)).toEqual([row.id]);
		expect(row.id).not.toBe(other.id);
	});

	it('creates one driver from two items at the same time', async () => {
		sim.settings.latencyMs = 10;
		const rows = await rowsFrom(
			sim,
			'driver',
			'create',
			{ ...ana, options: { ifExists: 'skip' } },
			{ items: itemsOf({}, {}) },
		);
		expect(rows[0].id).toBe(rows[1].id);
		expect(found()).toHaveLength(1);
	});
});

it.each([
	[{ name: '={{ $json.none }}' }, "'Name' is empty"],
	[{ username: 'ana@home' }, "'Username' is 'ana@home'"],
	[{ password: '={{ " " }}' }, "'Password' is empty"],
	[{ options: { ifExists: '={{ "replace" }}' } }, "'If It Exists' is 'replace'"],
	[{ name: 'x'.repeat(256) }, "'Name' has 256 characters"],
])('refuses %j without a request', async (wrong, message) => {
	const { error } = await run(sim, 'driver', 'create', { ...ana, ...wrong });
	expect(error?.message).toContain(message);
	expect(calls(sim)).toEqual([]);
});

it('refuses a value that an attribute does not allow, or adds it', async () => {
	const attributes = form(sim, 'driver', { 'License Class': 'Class Z' });
	const { error } = await run(sim, 'driver', 'create', { ...ana, attributes });
	expect(error?.message).toContain("'License Class' does not allow the value 'Class Z'");
	expect(posts()).toEqual([]);
	const [row] = await rowsFrom(sim, 'driver', 'create', {
		...ana,
		attributes,
		options: { addMissingValues: true },
	});
	expect(row['License Class']).toBe('Class Z');
	expect(attributeNamed(sim, 'driver', 'License Class').values).toHaveLength(5);
});
