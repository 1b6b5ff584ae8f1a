import { itemsOf, speedUp } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	attributeNamed,
	automatic,
	calls,
	ATTRIBUTE_ENTITIES,
	entitiesOf,
	form,
	attributesOf,
	pick,
	rowsFrom,
	run,
	type AttributeEntityName,
} from './attributeEntities';

const slowDown = speedUp(20);
const simulators: Simulator[] = [];

async function simulator(options: Parameters<typeof startSimulator>[0] = {}) {
	const sim = await startSimulator(options);
	simulators.push(sim);
	return sim;
}

afterAll(async () => {
	slowDown();
	await Promise.all(simulators.map(async (sim) => await sim.close()));
});

const fields = {
	driver: { text: 'Home Terminal', single: 'License Class', choice: 'Class B', other: 'Class C' },
	asset: { text: 'Parking Spot', single: 'Ownership Type', choice: 'Leased', other: 'Rented' },
};
const of = (resource: AttributeEntityName) => fields[resource === 'driver' ? 'driver' : 'asset'];

describe.each(['merge', 'replace'] as const)('if the API would %s', (attributeWrites) => {
	describe.each(ATTRIBUTE_ENTITIES)('%s', (resource) => {
		let sim: Simulator;
		beforeAll(async () => {
			sim = await simulator({ attributeWrites });
		});
		beforeEach(() => sim.reset());

		it('keeps the other attributes', async () => {
			const [{ id }] = entitiesOf(sim, resource);
			const before = attributesOf(sim, resource, id);
			expect(Object.keys(before).length).toBeGreaterThan(2);
			const { text, single, choice } = of(resource);
			const [row] = await rowsFrom(sim, resource, 'setAttributes', {
				...pick(resource, id),
				attributes: form(sim, resource, { [text]: ' New place ', [single]: choice.toUpperCase() }),
			});
			expect(row).toMatchObject({ id, [text]: 'New place', [single]: choice });
			expect(attributesOf(sim, resource, id)).toEqual({
				...before,
				[text]: ['New place'],
				[single]: [choice],
			});
		});

		it('goes on with an entity after a response without its ID and attributes', async () => {
			const [{ id }] = entitiesOf(sim, resource);
			const before = attributesOf(sim, resource, id);
			const { text, single, choice } = of(resource);
			const body = { data: {} };
			sim.faults.add({ kind: 'status', status: 200, method: 'PATCH', applied: true, body });
			await rowsFrom(
				sim,
				resource,
				'setAttributes',
				{
					...pick(resource, id),
					attributes: form(sim, resource, {
						[text]: '={{ $json.text }}',
						[single]: '={{ $json.single }}',
					}),
				},
				{ items: itemsOf({ text: 'New place', single: '' }, { text: '', single: choice }) },
			);
			expect(attributesOf(sim, resource, id)).toEqual({
				...before,
				[text]: ['New place'],
				[single]: [choice],
			});
		});

		it('clears only the attributes in Attributes to Clear', async () => {
			const [, { id }] = entitiesOf(sim, resource);
			const { [of(resource).text]: cleared, ...rest } = attributesOf(sim, resource, id);
			expect(cleared).toBeDefined();
			await rowsFrom(sim, resource, 'setAttributes', {
				...pick(resource, id),
				clear: [attributeNamed(sim, resource, of(resource).text).id],
			});
			expect(attributesOf(sim, resource, id)).toEqual(rest);
		});

		it('removes all others with Other Attributes set to Remove', async () => {
			const [, , { id }] = entitiesOf(sim, resource);
			await rowsFrom(sim, resource, 'setAttributes', {
				...pick(resource, id),
				mode: 'replace',
				attributes: form(sim, resource, { [of(resource).single]: of(resource).other }),
			});
			expect(attributesOf(sim, resource, id)).toEqual({
				[of(resource).single]: [of(resource).other],
			});
		});

		it('returns the same for many items as for each item by itself', async () => {
			const other = await simulator({ attributeWrites });
			const ids = entitiesOf(sim, resource).map(({ id }) => id);
			// Two simulators with the same seed differ in random IDs only.
			expect(entitiesOf(other, resource).map(({ name }) => name)).toEqual(
				entitiesOf(sim, resource).map(({ name }) => name),
			);
			const places = ids.map((_, index) => `Place ${index}`);
			const column = of(resource).text;
			const together = await rowsFrom(
				sim,
				resource,
				'setAttributes',
				{ ...pick(resource, '={{ $json.carrier }}'), attributes: automatic },
				{ items: itemsOf(...ids.map((entity, i) => ({ carrier: entity, [column]: places[i] }))) },
			);
			const single = [];
			for (const [index, { id }] of entitiesOf(other, resource).entries()) {
				const parameters = {
					...pick(resource, id),
					attributes: form(other, resource, { [column]: places[index] }),
				};
				single.push(...(await rowsFrom(other, resource, 'setAttributes', parameters)));
			}
			expect(together.map((row) => row[column])).toEqual(places);
			expect(together.map((row) => row.id)).toEqual(ids);
			const ofState = (one: Simulator) =>
				entitiesOf(one, resource)
					.slice(3)
					.map(({ id }) => Object.keys(attributesOf(one, resource, id)).sort());
			expect(ofState(sim)).toEqual(ofState(other));
			expect(single.map((row) => row[column])).toEqual(places);
		});
	});
});

test.each(ATTRIBUTE_ENTITIES)(
	'rows of %s with their empty columns, set again, change no attribute',
	async (resource) => {
		const sim = await simulator({ records: 0 });
		const rows = await rowsFrom(sim, resource, 'getAll', { returnAll: true });
		expect(rows.some((row) => Object.values(row).includes(null))).toBe(true);
		const ids = rows.map(({ id }) => String(id));
		const before = ids.map((id) => attributesOf(sim, resource, id));
		const withValues = rows.filter((_, index) => Object.keys(before[index]).length > 0);
		await rowsFrom(
			sim,
			resource,
			'setAttributes',
			{ ...pick(resource, '={{ $json.id }}'), attributes: automatic },
			{ items: itemsOf(...withValues) },
		);
		expect(ids.map((id) => attributesOf(sim, resource, id))).toEqual(before);
	},
);

describe('many items', () => {
	it('sets an attribute of 1,000 drivers in at most 1,010 requests', async () => {
		const sim = await simulator({ drivers: 1000, records: 0, attributeWrites: 'replace' });
		const ids = entitiesOf(sim, 'driver').map(({ id }) => id);
		const before = ids.map((id) => attributesOf(sim, 'driver', id));
		const rows = await rowsFrom(
			sim,
			'driver',
			'setAttributes',
			{ ...pick('driver', '={{ $json.driver }}'), attributes: automatic },
			{ items: itemsOf(...ids.map((driver) => ({ driver, 'hire date': '2027-01-15' }))) },
		);
		expect(sim.requests.length).toBeLessThanOrEqual(1010);
		expect(rows.map(({ id }) => id)).toEqual(ids);
		expect(ids.map((id) => attributesOf(sim, 'driver', id))).toEqual(
			before.map((values) => ({ ...values, 'Hire Date': ['2027-01-15'] })),
		);
	}, 60_000);

	it('reads 100 trailers at a time', async () => {
		const sim = await simulator({ trailers: 150, clockSpeed: 20 });
		const ids = entitiesOf(sim, 'trailer').map(({ id }) => id);
		await rowsFrom(
			sim,
			'trailer',
			'setAttributes',
			{
				...pick('trailer', '={{ $json.trailer }}'),
				attributes: form(sim, 'trailer', { 'Parking Spot': 'Dock 9' }),
				options: { pace: 'learn' },
			},
			{ items: itemsOf(...ids.map((trailer) => ({ trailer }))) },
		);
		const reads = calls(sim).filter((call) => call.startsWith('GET'));
		expect(reads.map((call) => call.split('?')[0])).toEqual([
			'GET /attributes',
			'GET /assets',
			'GET /assets',
		]);
		expect(
			ids.every((id) => attributesOf(sim, 'trailer', id)['Parking Spot'][0] === 'Dock 9'),
		).toBe(true);
	});

	it.each(['merge', 'replace'] as const)(
		'keeps what two items set on one entity under two IDs (%s)',
		async (attributeWrites) => {
			const sim = await simulator({ attributeWrites, latencyMs: 10 });
			for (const resource of ['driver', 'vehicle', 'trailer'] as const) {
				const [{ id, externalIds }] = entitiesOf(sim, resource);
				const [[key, value]] = Object.entries(externalIds);
				const { text, single, choice } = of(resource);
				const rows = await rowsFrom(
					sim,
					resource,
					'setAttributes',
					{ ...pick(resource, '={{ $json.who }}'), attributes: automatic },
					{
						items: itemsOf(
							{ who: id, [text]: 'Gate 4' },
							{ who: `${key}:${value}`, [single]: choice },
						),
					},
				);
				expect(rows[1]).toMatchObject({ id, [text]: 'Gate 4', [single]: choice });
				expect(attributesOf(sim, resource, id)).toMatchObject({
					[text]: ['Gate 4'],
					[single]: [choice],
				});
			}
		},
	);

	it('continues after items that fail, and links each row to its item', async () => {
		const sim = await simulator();
		const [one, , three] = entitiesOf(sim, 'driver');
		const { output } = await run(
			sim,
			'driver',
			'setAttributes',
			{ ...pick('driver', '={{ $json.who }}'), attributes: automatic },
			{
				items: itemsOf(
					{ who: one.id, 'License Class': 'class c' },
					{ who: 'payrollId:NOBODY', 'License Class': 'Class C' },
					{ who: three.id, 'License Class': 'Class Z' },
					{ who: '', 'License Class': 'Class C' },
					{ who: three.id, 'License Class': 'Class C' },
				),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(output[0].json).toMatchObject({ id: one.id, 'License Class': 'Class C' });
		expect(output[1].json.error).toContain('payrollId:NOBODY');
		expect(output[2].json.error).toBe(
			"'License Class' does not allow the value 'Class Z' [item 2]",
		);
		expect(output[2].json.message).toBe(
			"Enter one of: Class A, Class B, Class C, Non CDL. Or turn on the option 'Add Missing Values'.",
		);
		expect(output[3].json.error).toBe("'Driver' is empty [item 3]");
		expect(output[4].json).toMatchObject({ id: three.id, 'License Class': 'Class C' });
	});

	it('writes nothing if an item is refused and the run stops on errors', async () => {
		const sim = await simulator();
		const [one, two] = entitiesOf(sim, 'driver');
		const { error } = await run(
			sim,
			'driver',
			'setAttributes',
			{ ...pick('driver', '={{ $json.who }}'), attributes: automatic },
			{
				items: itemsOf(
					{ who: one.id, 'License Class': 'Class C' },
					{ who: two.id, 'License Class': 'Class Z' },
				),
			},
		);
		expect(error?.message).toBe("'License Class' does not allow the value 'Class Z' [item 1]");
		expect(sim.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('fails each item if attributes cannot be read', async () => {
		const sim = await simulator({ scopes: ['Read Drivers', 'Write Drivers'] });
		const [one, two] = entitiesOf(sim, 'driver');
		const { output } = await run(
			sim,
			'driver',
			'setAttributes',
			{ ...pick('driver', '={{ $json.who }}'), attributes: automatic },
			{
				items: itemsOf({ who: one.id, 'License Class': 'Class C' }, { who: two.id }),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(output.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('scope "Read Attributes"'),
			expect.stringContaining('scope "Read Attributes"'),
		]);
		expect(sim.requests).toHaveLength(1);
	});

	it('reads trailers one by one if the token may not read assets', async () => {
		const all = ['Read Attributes', 'Read Trailers', 'Write Trailers'];
		const sim = await simulator({ scopes: all });
		const ids = entitiesOf(sim, 'trailer')
			.slice(0, 2)
			.map(({ id }) => id);
		const before = ids.map((id) => attributesOf(sim, 'trailer', id));
		await rowsFrom(
			sim,
			'trailer',
			'setAttributes',
			{
				...pick('trailer', '={{ $json.id }}'),
				attributes: form(sim, 'trailer', { 'Parking Spot': 'Dock 9' }),
			},
			{ items: itemsOf(...ids.map((id) => ({ id }))) },
		);
		expect(ids.map((id) => attributesOf(sim, 'trailer', id))).toEqual(
			before.map((values) => ({ ...values, 'Parking Spot': ['Dock 9'] })),
		);
	});

	it.each(['trailer', 'equipment', 'asset'] as const)(
		'reads each %s by itself if Samsara refuses to read several, e.g. because of one ID',
		async (resource) => {
			const sim = await simulator({ records: 0 });
			const [one, two] = entitiesOf(sim, resource);
			const body = { message: 'ids: invalid' };
			sim.faults.add({ kind: 'status', status: 400, path: '/assets', body });
			const rows = await rowsFrom(
				sim,
				resource,
				'setAttributes',
				{ ...pick(resource, '={{ $json.id }}'), attributes: automatic },
				{
					items: itemsOf(
						{ id: one.id, 'Parking Spot': 'Dock 9' },
						{ id: two.id, 'Parking Spot': 'Dock 9' },
					),
				},
			);
			expect(rows.map((row) => [row.id, row['Parking Spot']])).toEqual([
				[one.id, 'Dock 9'],
				[two.id, 'Dock 9'],
			]);
		},
	);

	it('keeps attributes of equipment whose asset has none in the response', async () => {
		const sim = await simulator();
		const [{ id }] = entitiesOf(sim, 'equipment');
		const before = attributesOf(sim, 'equipment', id);
		sim.faults.add({
			kind: 'status',
			path: '/assets',
			status: 200,
			body: { data: [{ id, name: 'x' }], pagination: { endCursor: '', hasNextPage: false } },
		});
		await rowsFrom(sim, 'equipment', 'setAttributes', {
			...pick('equipment', id),
			attributes: form(sim, 'equipment', { 'Parking Spot': 'Dock 9' }),
		});
		expect(attributesOf(sim, 'equipment', id)).toEqual({ ...before, 'Parking Spot': ['Dock 9'] });
	});
});

describe.each(['driver', 'vehicle', 'trailer'] as const)('a %s that comes', (resource) => {
	it.each([
		['without attributes', {}],
		['with null in place of attributes', { attributes: null }],
	])('%s keeps those that it has', async (_, attributes) => {
		const sim = await simulator({ attributeWrites: 'replace' });
		const [{ id, name }] = entitiesOf(sim, resource);
		const before = attributesOf(sim, resource, id);
		sim.faults.add({
			kind: 'status',
			method: 'GET',
			path: `/fleet/${resource}s/${id}`,
			status: 200,
			body: { data: { id, name, ...attributes } },
		});
		const { text, single } = of(resource);
		await rowsFrom(sim, resource, 'setAttributes', {
			...pick(resource, id),
			attributes: form(sim, resource, { [text]: 'Dock 9' }),
			clear: [attributeNamed(sim, resource, single).id],
		});
		const { [single]: cleared, ...rest } = before;
		expect(cleared).toBeDefined();
		expect(attributesOf(sim, resource, id)).toEqual({ ...rest, [text]: ['Dock 9'] });
	});
});

describe('Add Missing Values', () => {
	it.each([
		['License Class', 'Class Z'],
		['License Type', 'Class Z'],
		['Pay Grade', 9],
	])('refuses a value if Samsara does not return the allowed ones: %s', async (name, value) => {
		const sim = await simulator({ attributeEntities: 'replace' });
		const [{ id: driver }] = entitiesOf(sim, 'driver');
		const definition = structuredClone(attributeNamed(sim, 'driver', name));
		const { id, entityType, attributeType, attributeValueQuantity } = definition;
		sim.faults.add({
			kind: 'status',
			method: 'GET',
			path: `/attributes/${id}`,
			status: 200,
			body: { data: { id, name, entityType, attributeType, attributeValueQuantity } },
		});
		const { error } = await run(sim, 'driver', 'setAttributes', {
			...pick('driver', driver),
			attributes: form(sim, 'driver', { [name]: value }),
			options: { addMissingValues: true },
		});
		expect(error?.message).toContain('does not return the allowed values');
		expect(attributeNamed(sim, 'driver', name)).toEqual(definition);
		expect(sim.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it.each(['merge', 'replace'] as const)(
		'adds each value once and loses none when items run at the same time (%s)',
		async (attributeEntities) => {
			const sim = await simulator({ attributeEntities, latencyMs: 5 });
			const ids = entitiesOf(sim, 'driver')
				.slice(0, 6)
				.map(({ id }) => id);
			const holders = entitiesOf(sim, 'driver')
				.slice(6)
				.map(({ id }) => attributesOf(sim, 'driver', id));
			const input = ['Class D', 'class d', 'Class E', 'Class F', 'Class E', 'class b'];
			const rows = await rowsFrom(
				sim,
				'driver',
				'setAttributes',
				{
					...pick('driver', '={{ $json.who }}'),
					attributes: automatic,
					options: { addMissingValues: true },
				},
				{ items: itemsOf(...ids.map((who, i) => ({ who, 'License Class': input[i] }))) },
			);
			const values = attributeNamed(sim, 'driver', 'License Class').values;
			expect(values.map(({ stringValue }) => stringValue.toLowerCase())).toEqual(
				expect.arrayContaining([
					'class a',
					'class b',
					'class c',
					'non cdl',
					'class d',
					'class e',
					'class f',
				]),
			);
			expect(values).toHaveLength(7);
			expect(rows.map((row) => String(row['License Class']).toLowerCase())).toEqual(
				input.map((value) => value.toLowerCase()),
			);
			const patches = sim.requests.filter(
				({ method, route }) => method === 'PATCH' && route === '/attributes/:id',
			);
			expect(patches).toHaveLength(3);
			for (const { body } of patches) expect(body).not.toHaveProperty('entities');
			expect(
				entitiesOf(sim, 'driver')
					.slice(6)
					.map(({ id }) => attributesOf(sim, 'driver', id)),
			).toEqual(holders);
		},
	);

	it('adds to legacy attributes', async () => {
		const sim = await simulator();
		const [{ id }] = entitiesOf(sim, 'driver');
		await rowsFrom(sim, 'driver', 'setAttributes', {
			...pick('driver', id),
			attributes: form(sim, 'driver', { 'License Type': 'Class A, Class X', 'Pay Grade': '9' }),
			options: { addMissingValues: true },
		});
		expect(attributesOf(sim, 'driver', id)).toMatchObject({
			'License Type': ['Class A', 'Class X'],
			'Pay Grade': [9],
		});
		expect(attributeNamed(sim, 'driver', 'Pay Grade').numberValues).toEqual([1, 2, 3, 4, 5, 9]);
	});
});

describe('invalid input', () => {
	let sim: Simulator;
	beforeAll(async () => {
		sim = await simulator();
	});
	beforeEach(() => sim.reset());

	it.each([
		['nothing to do', {}, "'Attributes' has no value to set"],
		[
			'an invalid mode',
			{ mode: 'purge', clear: ['License Class'] },
			"'Other Attributes' is 'purge'",
		],
		[
			'an attribute that is gone',
			{ clear: ['0-0-0'] },
			"'Attributes to Clear' has the attribute '0-0-0'",
		],
	])('refuses %s without writing', async (_, parameters, message) => {
		const [{ id }] = entitiesOf(sim, 'driver');
		const { error } = await run(sim, 'driver', 'setAttributes', {
			...pick('driver', id),
			...parameters,
		});
		expect(error?.message).toContain(message);
		expect(calls(sim)).toEqual(['GET /attributes?entityType=driver&limit=512']);
	});

	it('refuses to both set and clear an attribute', async () => {
		const [{ id }] = entitiesOf(sim, 'driver');
		const { error } = await run(sim, 'driver', 'setAttributes', {
			...pick('driver', id),
			attributes: form(sim, 'driver', { 'License Class': 'Class A' }),
			clear: ['license class'],
		});
		expect(error?.message).toContain("has 'License Class', which also has a new value");
	});

	it('refuses a 21st attribute before adding an allowed value for it', async () => {
		const full = await simulator();
		const [driver] = entitiesOf(full, 'driver');
		const attribute = attributeNamed(full, 'driver', 'License Class');
		driver.attributes = driver.attributes.filter(({ attributeId }) => attributeId !== attribute.id);
		for (let n = driver.attributes.length; n < 20; n++) {
			const id = full.state.newUuid();
			const name = `Extra ${n}`;
			full.state.attributes.set(id, {
				id,
				name,
				entityType: 'driver',
				attributeType: 'text',
				values: [],
				numberValues: [],
			});
			driver.attributes.push({ attributeId: id, stringValues: ['x'] });
		}
		const { error } = await run(full, 'driver', 'setAttributes', {
			...pick('driver', driver.id),
			attributes: form(full, 'driver', { 'License Class': 'Class Q' }),
			options: { addMissingValues: true },
		});
		expect(error?.message).toContain('21 attributes, but Samsara accepts at most 20');
		expect(full.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('refuses an external ID for equipment', async () => {
		const { error } = await run(sim, 'equipment', 'setAttributes', {
			...pick('equipment', 'assetNumber:E-7001'),
			clear: ['Permits'],
		});
		expect(error?.message).toContain(
			"'Equipment' is 'assetNumber:E-7001', but Samsara finds equipment by its own IDs only",
		);
		expect(sim.requests).toEqual([]);
	});
});
