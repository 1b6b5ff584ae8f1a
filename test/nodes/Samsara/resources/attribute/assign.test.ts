import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bySdk, wire } from '../../../../oracle';
import { itemsOf, locator } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	attributeRows,
	entitiesWithAttribute,
	runAttribute,
	stateOf,
	valuesIn,
	writes,
} from './fixtures';

const continueOnFail = { onError: 'continueRegularOutput' } as const;

describe.each(['merge', 'replace'] as const)('Assign, if Samsara would %s', (attributeEntities) => {
	let sim: Simulator;

	beforeEach(async () => {
		sim = await startSimulator({ records: 0, attributeEntities });
	});

	afterEach(async () => await sim.close());

	const of = (name: string) => ({
		entityType: stateOf(sim, name).entityType,
		attributeId: locator(stateOf(sim, name).id),
		entityId: locator('={{ $json.id }}'),
		value: '={{ $json.value }}',
	});

	/** Drivers without the attribute. */
	const free = (name: string) => {
		const assigned = entitiesWithAttribute(sim, name);
		return [...sim.state.drivers.values()].filter(({ id }) => !(id in assigned));
	};

	const run = async (name: string, items: IDataObject[], options: INodeParameters = {}) =>
		await runAttribute(
			sim,
			'assign',
			{ ...of(name), options },
			{ items: itemsOf(...items), settings: continueOnFail },
		);

	it('sets values of several drivers in two requests and keeps all others', async () => {
		const before = entitiesWithAttribute(sim, 'License Class');
		const [assigned] = Object.keys(before);
		const [one, two] = free('License Class');
		const others = one.attributes.map(({ attributeId }) => attributeId);
		const { output } = await run('License Class', [
			{ id: one.id, value: 'class b' },
			{ id: assigned, value: 'Class C' },
			{ id: two.id, value: ' Class A ' },
		]);
		const attribute = {
			attributeId: stateOf(sim, 'License Class').id,
			attributeName: 'License Class',
		};
		const nameOf = (id: string) => sim.state.drivers.get(id)!.name;
		expect(output.map(({ json }) => json)).toEqual([
			{
				...attribute,
				entityId: one.id,
				entityName: one.name,
				value: 'Class B',
				previousValue: null,
			},
			{
				...attribute,
				entityId: assigned,
				entityName: nameOf(assigned),
				value: 'Class C',
				previousValue: before[assigned][0],
			},
			{
				...attribute,
				entityId: two.id,
				entityName: two.name,
				value: 'Class A',
				previousValue: null,
			},
		]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(entitiesWithAttribute(sim, 'License Class')).toEqual({
			...before,
			[one.id]: ['Class B'],
			[assigned]: ['Class C'],
			[two.id]: ['Class A'],
		});
		expect(sim.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
		expect(one.attributes.map(({ attributeId }) => attributeId)).toEqual([
			...others,
			attribute.attributeId,
		]);
	});

	it('sends the same request as the SDK', async () => {
		const [{ id }] = free('Home Terminal');
		const assigned = entitiesWithAttribute(sim, 'Home Terminal');
		await run('Home Terminal', [{ id, value: 'Yard, north gate' }]);
		const ours = writes(sim).map(wire);
		const sdk = await bySdk(
			sim,
			async ({ attributes }) =>
				await attributes.updateAttribute({
					id: stateOf(sim, 'Home Terminal').id,
					entityType: 'driver',
					attributeType: 'text',
					entities: [
						...Object.entries(assigned).map(([entityId, values]) => ({
							entityId,
							stringValues: values.map(String),
						})),
						{ entityId: id, stringValues: ['Yard, north gate'] },
					],
				}),
		);
		expect(ours).toEqual(sdk);
	});

	it.each([
		['Endorsements', 'tanker, Hazmat', ['Tanker', 'Hazmat']],
		['Languages', ['Sami', 'Finnish'], ['Sami', 'Finnish']],
		['Years of Experience', '12.5', [12.5]],
		['Hire Date', '2024-02-29T23:30:00-08:00', ['2024-02-29']],
		['License Type', 'Class A\nNon CDL', ['Class A', 'Non CDL']],
		['Pay Grade', 4, [4]],
	])('accepts a value for the attribute %s', async (name, value, values) => {
		const before = entitiesWithAttribute(sim, name);
		const [{ id }] = sim.state.drivers.values();
		const { rows } = await run(name, [{ id, value }]);
		expect(entitiesWithAttribute(sim, name)).toEqual({ ...before, [id]: values });
		expect(rows[0].value).toEqual(values.length === 1 ? values[0] : values.join(', '));
		expect(stateOf(sim, name)).toMatchObject({ name });
	});

	it('removes the attribute if the value is empty, and refuses a missing value', async () => {
		const before = entitiesWithAttribute(sim, 'Home Terminal');
		const [one, two, three] = Object.keys(before);
		const [other] = free('Home Terminal');
		const { rows } = await run('Home Terminal', [
			{ id: one, value: '' },
			{ id: two, value: null },
			{ id: three },
			{ id: other.id, value: '' },
		]);
		expect(rows).toMatchObject([
			{ entityId: one, value: null, previousValue: before[one][0] },
			{ entityId: two, value: null, previousValue: before[two][0] },
			{ error: "'Value' is mapped to a field that this item does not have [item 2]" },
			{ entityId: other.id, value: null, previousValue: null },
		]);
		const left = Object.fromEntries(
			Object.entries(before).filter(([id]) => id !== one && id !== two),
		);
		expect(entitiesWithAttribute(sim, 'Home Terminal')).toEqual(left);
	});

	it('applies the last of two items with the same entity, whichever ID they use', async () => {
		const [one, two] = free('Home Terminal').filter(
			({ externalIds }) => Object.keys(externalIds).length > 0,
		);
		const external = (driver: typeof one) => Object.entries(driver.externalIds)[0].join(':');
		const { rows } = await run('Home Terminal', [
			{ id: one.id, value: 'A' },
			{ id: external(two), value: 'B' },
			{ id: external(one), value: 'C' },
			{ id: two.id, value: 'D' },
		]);
		expect(rows.map(({ entityId, value }) => [entityId, value])).toEqual([
			[one.id, 'C'],
			[two.id, 'D'],
			[one.id, 'C'],
			[two.id, 'D'],
		]);
		expect(entitiesWithAttribute(sim, 'Home Terminal')).toMatchObject({
			[one.id]: ['C'],
			[two.id]: ['D'],
		});
	});

	it('removes a value that an earlier item set by external ID', async () => {
		const before = entitiesWithAttribute(sim, 'Hire Date');
		const driver = free('Hire Date').find(
			({ externalIds }) => Object.keys(externalIds).length > 0,
		)!;
		const { rows } = await run('Hire Date', [
			{ id: Object.entries(driver.externalIds)[0].join(':'), value: '2027-01-15' },
			{ id: driver.id, value: '' },
		]);
		expect(rows).toMatchObject([{ value: null }, { value: null }]);
		expect(entitiesWithAttribute(sim, 'Hire Date')).toEqual(before);
	});

	it('writes the other entities if Samsara refuses one, and names it', async () => {
		const drivers = free('Home Terminal').slice(0, 8);
		const before = entitiesWithAttribute(sim, 'Home Terminal');
		const items = drivers.map(({ id }) => ({ id, value: 'Yard' }));
		items[5] = { id: '404404', value: 'Yard' };
		const { rows } = await run('Home Terminal', items);
		expect(rows.map(({ entityId }) => entityId)).toEqual(
			items.map(({ id }, n) => (n === 5 ? undefined : id)),
		);
		expect(rows[5].error).toMatch(/404404.* \[item 5\]$/);
		const expected = drivers.filter((_, n) => n !== 5).map(({ id }) => [id, ['Yard']]);
		expect(entitiesWithAttribute(sim, 'Home Terminal')).toEqual({
			...before,
			...Object.fromEntries(expected),
		});
	});

	it('refuses a 21st attribute for one driver only', async () => {
		const [full, other] = free('Home Terminal');
		const [some] = sim.state.attributes.values();
		full.attributes = Array.from({ length: 20 }, (_, n) => {
			const id = sim.state.newUuid();
			sim.state.attributes.set(id, { ...some, id, name: `Extra ${n}`, attributeType: 'text' });
			return { attributeId: id, stringValues: ['x'] };
		});
		const { rows } = await run('Home Terminal', [
			{ id: full.id, value: 'A' },
			{ id: other.id, value: 'B' },
		]);
		expect(rows[0].error).toMatch(
			new RegExp(`did not assign 'Home Terminal' to driver ${full.id}: .* at most 20 attributes`),
		);
		expect(rows[0].message).toContain('fewer than 20 attributes');
		expect(rows[1]).toMatchObject({ entityId: other.id, value: 'B' });
		expect(full.attributes).toHaveLength(20);
	});

	it('refuses values that are not allowed, and lists the allowed ones', async () => {
		const [one, two] = free('License Class');
		const { rows } = await run('License Class', [
			{ id: one.id, value: 'Class X' },
			{ id: two.id, value: 'Class A' },
		]);
		expect(rows[0].error).toBe("'License Class' does not allow the value 'Class X' [item 0]");
		expect(rows[0].message).toContain('Class A, Class B, Class C, Non CDL');
		expect(rows[1]).toMatchObject({ value: 'Class A' });
	});

	it.each([
		['License Class', 'Class M', ['Class A', 'Class B', 'Class C', 'Non CDL', 'Class M']],
		['Pay Grade', 9, [1, 2, 3, 4, 5, 9]],
	])('adds missing values first if that option is on: %s', async (name, value, values) => {
		const before = entitiesWithAttribute(sim, name);
		const [one, two] = sim.state.drivers.values();
		const { rows } = await run(
			name,
			[
				{ id: one.id, value },
				{ id: two.id, value: String(value).toLowerCase() },
			],
			{ addMissingValues: true },
		);
		expect(rows).toMatchObject([{ value }, { value }]);
		expect(valuesIn(sim, name)).toEqual(values);
		expect(entitiesWithAttribute(sim, name)).toEqual({
			...before,
			[one.id]: [value],
			[two.id]: [value],
		});
		expect(sim.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'PATCH']);
	});

	it('assigns the other values if one cannot be added', async () => {
		const [one, two] = free('License Class');
		sim.faults.add({ kind: 'status', status: 400, method: 'PATCH' });
		const { rows } = await run(
			'License Class',
			[
				{ id: one.id, value: 'Class Q' },
				{ id: two.id, value: 'Class B' },
			],
			{ addMissingValues: true },
		);
		expect(rows[0].error).toContain('[item 0]');
		expect(rows[1]).toMatchObject({ value: 'Class B' });
		const assigned = entitiesWithAttribute(sim, 'License Class');
		expect(assigned[two.id]).toEqual(['Class B']);
		expect(assigned[one.id]).not.toEqual(['Class Q']);
	});

	it('writes nothing if all values are already set', async () => {
		const [[id, [value]]] = Object.entries(entitiesWithAttribute(sim, 'License Class'));
		const { rows } = await run('License Class', [{ id, value }]);
		expect(rows).toMatchObject([{ value, previousValue: value }]);
		expect(writes(sim)).toEqual([]);
	});

	it('assigns one attribute to vehicles, trailers and equipment', async () => {
		const { vehicles, trailers, equipment } = sim.state;
		const assets = [vehicles, trailers, equipment].map((map) => [...map.values()][1]);
		await run(
			'Parking Spot',
			assets.map(({ id }) => ({ id, value: 'Row Z' })),
		);
		expect(entitiesWithAttribute(sim, 'Parking Spot')).toMatchObject(
			Object.fromEntries(assets.map(({ id }) => [id, ['Row Z']])),
		);
	});

	it('assigns several attributes in one run, by name', async () => {
		const [{ id }] = sim.state.drivers.values();
		const rows = await attributeRows(
			sim,
			'assign',
			{
				entityType: 'driver',
				attributeId: locator('={{ $json.attribute }}', 'name'),
				entityId: locator(id),
				value: '={{ $json.value }}',
			},
			{
				items: itemsOf(
					{ attribute: 'Pay Grade', value: 2 },
					{ attribute: 'home terminal', value: 'Hub' },
					{ attribute: 'Pay Grade', value: 3 },
				),
			},
		);
		expect(rows.map(({ attributeName, value }) => [attributeName, value])).toEqual([
			['Pay Grade', 3],
			['Home Terminal', 'Hub'],
			['Pay Grade', 3],
		]);
		expect(sim.requests).toHaveLength(5);
	});

	it('keeps IDs beyond 2^53 as they are', async () => {
		const id = '9007199254740993';
		const neighbour = '9007199254740992';
		await run('Home Terminal', [{ id, value: 'Yard' }]);
		const [{ id: other }] = sim.state.drivers.values();
		await run('Home Terminal', [{ id: other, value: 'Hub' }]);
		expect(entitiesWithAttribute(sim, 'Home Terminal')).toMatchObject({
			[id]: ['Yard'],
			[other]: ['Hub'],
		});
		expect(writes(sim).every(({ rawBody }) => !rawBody.includes(neighbour))).toBe(true);
	});

	it('sends no request if an item is refused and the run stops on errors', async () => {
		const [{ id }] = sim.state.drivers.values();
		const { error } = await runAttribute(sim, 'assign', of('Hire Date'), {
			items: itemsOf({ id, value: '2026-01-01' }, { id: '', value: '2026-01-01' }),
		});
		expect(error?.message).toBe("'Driver or Asset' is empty [item 1]");
		expect(sim.requests).toEqual([]);
		const { error: date } = await runAttribute(sim, 'assign', of('Hire Date'), {
			items: itemsOf({ id, value: '2026-01-01' }, { id, value: 'soon' }),
		});
		expect(date?.message).toBe("'Hire Date' is 'soon', which is not a valid date [item 1]");
		expect(writes(sim)).toEqual([]);
	});

	it('fails every item if the attribute cannot be read', async () => {
		sim.settings.scopes = ['Write Attributes'];
		const { rows } = await run('Hire Date', [
			{ id: '1', value: '2026-01-01' },
			{ id: '2', value: '' },
		]);
		expect(rows).toHaveLength(2);
		for (const { error } of rows) expect(error).toContain('"Read Attributes"');
	});
});

it('assigns one attribute to 1,000 drivers in at most 4 requests', async () => {
	const sim = await startSimulator({ records: 0, drivers: 1000 });
	const ids = [...sim.state.drivers.keys()];
	const rows = await attributeRows(
		sim,
		'assign',
		{
			entityType: 'driver',
			attributeId: locator('License Class', 'name'),
			entityId: locator('={{ $json.id }}'),
			value: 'Class M',
			options: { addMissingValues: true },
		},
		{ items: itemsOf(...ids.map((id) => ({ id }))) },
	);
	expect(rows).toHaveLength(1000);
	expect(sim.requests.length).toBeLessThanOrEqual(4);
	expect(Object.values(entitiesWithAttribute(sim, 'License Class'))).toEqual(
		ids.map(() => ['Class M']),
	);
	await sim.close();
});
