import { bySdk, wire } from '../../../../oracle';
import { itemsOf, locator, speedUp } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	attributeRows,
	entitiesWithAttribute,
	runAttribute,
	stateOf,
	valuesIn,
	writes,
} from './fixtures';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator({ records: 0 });
});

afterEach(async () => await sim.close());

const permit = {
	entityType: 'driver',
	name: ' Port Permit ',
	attributeType: 'single-select',
	values: 'Seattle\n  Tacoma \nSeattle\n\n',
};

it('creates a single select with distinct values, one per line', async () => {
	const rows = await attributeRows(sim, 'create', permit);
	expect(rows).toEqual([
		{
			id: stateOf(sim, 'Port Permit').id,
			name: 'Port Permit',
			type: 'Single Select',
			entityType: 'driver',
			values: 'Seattle, Tacoma',
			assignments: 0,
		},
	]);
	expect(writes(sim).map(wire)).toEqual([
		{
			method: 'POST',
			path: '/attributes',
			query: {},
			body: {
				name: 'Port Permit',
				entityType: 'driver',
				attributeType: 'single-select',
				stringValues: ['Seattle', 'Tacoma'],
			},
		},
	]);
});

it.each([
	['multi-select', 'Blue, Green', { stringValues: ['Blue', 'Green'] }],
	['text', '', {}],
	['freeform-multi-select', '', {}],
	['date', '', {}],
	['number', '', { unit: 'FOOT' }],
	['number', '22, 26.5', { unit: 'FOOT', numberValues: [22, 26.5] }],
])('sends what the SDK sends for %s (%s)', async (attributeType, values, sent) => {
	const body = { name: 'New', entityType: 'asset', attributeType, ...sent } as const;
	const other = await startSimulator({ records: 0 });
	const sdk = await bySdk(
		other,
		async ({ attributes }) =>
			await attributes.createAttribute(body as Parameters<typeof attributes.createAttribute>[0]),
	);
	await other.close();
	await attributeRows(sim, 'create', {
		entityType: 'asset',
		name: 'New',
		attributeType,
		values,
		unit: 'FOOT',
	});
	expect(writes(sim).map(wire)).toEqual(sdk);
});

it.each([
	['olderString', 'multi', 'Class A, Class B', 'string', { stringValues: ['Class A', 'Class B'] }],
	['olderNumber', 'single', '1\n2\n2.5', 'number', { numberValues: [1, 2, 2.5] }],
])('uses the legacy types: %s', async (attributeType, quantity, values, wireType, sent) => {
	const rows = await attributeRows(sim, 'create', {
		entityType: 'driver',
		name: 'Old',
		attributeType,
		attributeValueQuantity: quantity,
		values,
		simplify: false,
	});
	const definition = {
		name: 'Old',
		entityType: 'driver',
		attributeType: wireType,
		attributeValueQuantity: quantity,
		...sent,
	};
	expect(writes(sim)[0].body).toEqual(definition);
	expect(rows).toEqual([{ id: stateOf(sim, 'Old').id, ...definition, entities: [] }]);
});

it('accepts values as a list from an expression and as JSON', async () => {
	await attributeRows(
		sim,
		'create',
		{
			...permit,
			name: '={{ $json.name }}',
			values: '={{ $json.values }}',
		},
		{
			items: itemsOf({ name: 'A', values: ['x, y', 'z', 'z'] }, { name: 'B', values: '["q","r"]' }),
		},
	);
	expect(valuesIn(sim, 'A')).toEqual(['x, y', 'z']);
	expect(valuesIn(sim, 'B')).toEqual(['q', 'r']);
});

it('assigns the new attribute to drivers by ID, list or external ID; the last row of a driver applies', async () => {
	const [one, two, three] = [...sim.state.drivers.values()];
	const [[key, value]] = Object.entries(three.externalIds);
	await attributeRows(sim, 'create', {
		...permit,
		attributeType: 'multi-select',
		entities: {
			entity: [
				{ entityId: locator(one.id), value: 'tacoma' },
				{ entityId: locator(two.id, 'list'), value: 'Seattle, Tacoma' },
				{ entityId: locator(`${key}:${value}`, 'externalId'), value: 'Seattle' },
				{ entityId: locator(one.id), value: 'Seattle' },
			],
		},
	});
	expect(entitiesWithAttribute(sim, 'Port Permit')).toEqual({
		[one.id]: ['Seattle'],
		[two.id]: ['Seattle', 'Tacoma'],
		[three.id]: ['Seattle'],
	});
	expect(writes(sim)[0].body).toMatchObject({
		entities: [
			{ entityId: one.id, stringValues: ['Seattle'] },
			{ entityId: two.id, stringValues: ['Seattle', 'Tacoma'] },
			{ externalIds: { [key]: value }, stringValues: ['Seattle'] },
		],
	});
});

it('sends dates of entities, but none for the attribute itself', async () => {
	const [{ id }] = sim.state.drivers.values();
	await attributeRows(sim, 'create', {
		entityType: 'driver',
		name: 'TWIC Expires',
		attributeType: 'date',
		entities: { entity: [{ entityId: locator(id), value: '2028-02-29' }] },
	});
	expect(writes(sim)[0].body).toEqual({
		name: 'TWIC Expires',
		entityType: 'driver',
		attributeType: 'date',
		entities: [{ entityId: id, dateValues: ['2028-02-29'] }],
	});
});

describe('refuses before writing', () => {
	it.each([
		['an empty name', { name: '  ' }, "'Name' is empty", "Fill in 'Name'."],
		['a long name', { name: 'x'.repeat(191) }, "'Name' has 191 characters", 'at most 190'],
		[
			'too many values',
			{ values: Array.from({ length: 1001 }, (_, n) => `v${n}`).join('\n') },
			"'Allowed Values' results in 1001 allowed values",
			'at most 1000',
		],
		[
			'a number that is none',
			{ attributeType: 'number', values: '1, two' },
			"'Allowed Values' has 'two', which is not a number",
			'12.5',
		],
		[
			'a select type without values',
			{ attributeType: 'multi-select', values: '' },
			"'Allowed Values' is empty",
			'at least one',
		],
		[
			'a legacy type without values',
			{ attributeType: 'olderString', attributeValueQuantity: 'single', values: '' },
			"'Allowed Values' is empty",
			'at least one',
		],
		[
			'a value that is not allowed',
			{ entities: { entity: [{ entityId: locator('1'), value: 'Everett' }] } },
			"'Value' in 'Assign To' is Everett, which is not an allowed value of 'Port Permit'",
			'allowed values',
		],
		[
			'an entity without a value',
			{ entities: { entity: [{ entityId: locator('1'), value: '' }] } },
			"'Value' in 'Assign To' is empty",
			'remove its row',
		],
		[
			'an entity that is none',
			{ entities: { entity: [{ entityId: locator(':x'), value: 'Seattle' }] } },
			"'Driver or Asset' is ':x', which is not an ID",
			'payrollId:ABFS18600',
		],
		[
			'a date that is none',
			{
				attributeType: 'date',
				entities: { entity: [{ entityId: locator('1'), value: '2027-02-30' }] },
			},
			"'Port Permit' is '2027-02-30', which is not a valid date",
			'2027-01-15',
		],
	])('%s', async (_, change, message, advice) => {
		const { error } = await runAttribute(sim, 'create', { ...permit, ...change });
		expect(error?.message).toBe(`${message} [item 0]`);
		expect(error?.description).toContain(advice);
		expect(sim.requests).toEqual([]);
	});

	it('an existing name', async () => {
		const { error } = await runAttribute(sim, 'create', { ...permit, name: 'License Class' });
		expect(error?.message).toBe("An attribute named 'License Class' already exists [item 0]");
		expect(error?.description).toContain('Create or Update');
		expect(writes(sim)).toEqual([]);
	});

	it('the same name twice in one run, reading the list once', async () => {
		const { rows } = await runAttribute(
			sim,
			'create',
			{ ...permit, name: '={{ $json.name }}' },
			{
				items: itemsOf({ name: 'Twin' }, { name: 'Twin' }, { name: 'Other' }),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(rows.map(({ name, error }) => name ?? error)).toEqual([
			'Twin',
			expect.stringContaining("An attribute named 'Twin' already exists"),
			'Other',
		]);
		expect(writes(sim)).toHaveLength(2);
		expect(sim.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
	});

	it('attribute 1,001', async () => {
		const [some] = sim.state.attributes.values();
		for (let n = sim.state.attributes.size; n < 1000; n++) {
			const id = sim.state.newUuid();
			sim.state.attributes.set(id, { ...some, id, name: `Filler ${n}` });
		}
		const { error } = await runAttribute(sim, 'create', permit);
		expect(error?.message).toContain('The organization already has 1000 attributes');
		expect(writes(sim)).toEqual([]);
	});
});

it.each([
	[true, 1],
	[false, 2],
])('never creates two if the response is lost (created: %s)', async (applied, posts) => {
	const back = speedUp(20);
	sim.faults.add({ kind: 'reset', method: 'POST', path: '/attributes', applied });
	const rows = await attributeRows(sim, 'create', permit);
	back();
	expect(rows).toMatchObject([{ name: 'Port Permit', values: 'Seattle, Tacoma' }]);
	expect(writes(sim)).toHaveLength(posts);
	const created = [...sim.state.attributes.values()].filter(({ name }) => name === 'Port Permit');
	expect(created).toHaveLength(1);
});

it('refuses a name that an attribute of the other entity type has', async () => {
	const sim = await startSimulator({ records: 0 });
	for (const operation of ['create', 'upsert']) {
		const { error } = await runAttribute(sim, operation, {
			entityType: 'driver',
			name: 'Vehicle Length',
			attributeType: 'text',
		});
		expect(error?.message).toContain("An asset attribute named 'Vehicle Length' already exists");
	}
	const { error } = await runAttribute(sim, 'update', {
		entityType: 'driver',
		attributeId: locator('License Class', 'name'),
		updateFields: { name: 'Vehicle Length' },
	});
	expect(error?.message).toContain("An asset attribute named 'Vehicle Length' already exists");
	expect(writes(sim)).toEqual([]);
	await sim.close();
});
