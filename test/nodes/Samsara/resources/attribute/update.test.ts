import { bySdk, recorded } from '../../../../oracle';
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

describe.each(['merge', 'replace'] as const)('Update, if Samsara would %s', (attributeEntities) => {
	let sim: Simulator;

	beforeEach(async () => {
		sim = await startSimulator({ records: 0, attributeEntities });
	});

	afterEach(async () => await sim.close());

	const of = (name: string) => ({
		entityType: stateOf(sim, name).entityType,
		attributeId: locator(stateOf(sim, name).id),
	});

	it('renames without changing values and entities', async () => {
		const before = entitiesWithAttribute(sim, 'License Class');
		const rows = await attributeRows(sim, 'update', {
			...of('License Class'),
			updateFields: { name: 'CDL Class' },
		});
		expect(rows).toMatchObject([{ name: 'CDL Class', assignments: Object.keys(before).length }]);
		expect(writes(sim).map(({ body }) => body)).toEqual([
			{ entityType: 'driver', attributeType: 'single-select', name: 'CDL Class' },
		]);
		expect(entitiesWithAttribute(sim, 'CDL Class')).toEqual(before);
		expect(valuesIn(sim, 'CDL Class')).toEqual(['Class A', 'Class B', 'Class C', 'Non CDL']);
	});

	it.each(['License Type', 'Pay Grade'])(
		'keeps allowed values that Samsara does not return: %s',
		async (name) => {
			const { id, entityType, attributeType, attributeValueQuantity } = stateOf(sim, name);
			const before = { allowed: valuesIn(sim, name), held: entitiesWithAttribute(sim, name) };
			sim.faults.add({
				kind: 'status',
				method: 'GET',
				path: `/attributes/${id}`,
				status: 200,
				body: { data: { id, name, entityType, attributeType, attributeValueQuantity } },
			});
			await attributeRows(sim, 'update', { ...of(name), updateFields: { name: 'Renamed' } });
			expect({
				allowed: valuesIn(sim, 'Renamed'),
				held: entitiesWithAttribute(sim, 'Renamed'),
			}).toEqual(before);
		},
	);

	it('sends the same request as the SDK', async () => {
		const id = stateOf(sim, 'Endorsements').id;
		const body = {
			entityType: 'driver',
			attributeType: 'multi-select',
			name: 'CDL Add-Ons',
		} as const;
		const ours = await recorded(sim, async () => {
			await attributeRows(sim, 'update', {
				...of('Endorsements'),
				updateFields: { name: 'CDL Add-Ons' },
			});
		});
		const sdk = await bySdk(
			sim,
			async ({ attributes }) => await attributes.updateAttribute({ id, ...body }),
		);
		expect(ours.filter(({ method }) => method === 'PATCH')).toEqual(sdk);
	});

	it('adds values to the existing ones, except those that exist in another case', async () => {
		const before = entitiesWithAttribute(sim, 'Endorsements');
		await attributeRows(sim, 'update', {
			...of('Endorsements'),
			updateFields: { addValues: 'School Bus\nhazmat\nSchool Bus' },
		});
		expect(valuesIn(sim, 'Endorsements')).toEqual([
			'Hazmat',
			'Tanker',
			'Doubles/Triples',
			'Passenger',
			'School Bus',
		]);
		expect(entitiesWithAttribute(sim, 'Endorsements')).toEqual(before);
	});

	it('adds values of several items to one attribute without losing any', async () => {
		await attributeRows(
			sim,
			'update',
			{ ...of('Endorsements'), updateFields: { addValues: '={{ $json.value }}' } },
			{
				items: itemsOf({ value: 'One' }, { value: 'Two' }, { value: 'Three' }, { value: 'two' }),
			},
		);
		expect(valuesIn(sim, 'Endorsements').slice(4)).toEqual(['One', 'Two', 'Three']);
		expect(writes(sim)).toHaveLength(3);
	});

	it('writes nothing if no value is new', async () => {
		const rows = await attributeRows(sim, 'update', {
			...of('License Class'),
			updateFields: { name: 'License Class', addValues: 'class a' },
		});
		expect(rows).toMatchObject([{ name: 'License Class' }]);
		expect(writes(sim)).toEqual([]);
	});

	it('replaces values, or says that Samsara kept them', async () => {
		const { rows, error } = await runAttribute(sim, 'update', {
			...of('License Class'),
			updateFields: { values: 'Class A, Class M' },
		});
		expect(writes(sim).map(({ body }) => body)).toEqual([
			{
				entityType: 'driver',
				attributeType: 'single-select',
				stringValues: ['Class A', 'Class M'],
			},
		]);
		if (attributeEntities === 'replace') {
			expect(rows).toMatchObject([{ values: 'Class A, Class M' }]);
		} else {
			expect(error?.message).toBe(
				"Samsara kept values of 'License Class' that are not in 'Replace Values': Class B, Class C, Non CDL [item 0]",
			);
		}
	});

	it('sets values of entities and keeps those of the others', async () => {
		const before = entitiesWithAttribute(sim, 'License Class');
		const [assigned] = Object.keys(before);
		const free = [...sim.state.drivers.keys()].find((id) => !(id in before))!;
		const rows = await attributeRows(sim, 'update', {
			...of('License Class'),
			updateFields: {
				addValues: 'Class M',
				entities: {
					entity: [
						{ entityId: locator(assigned), value: 'class m' },
						{ entityId: locator(free), value: 'Class C' },
					],
				},
			},
		});
		expect(entitiesWithAttribute(sim, 'License Class')).toEqual({
			...before,
			[assigned]: ['Class M'],
			[free]: ['Class C'],
		});
		expect(rows).toMatchObject([{ assignments: Object.keys(before).length + 1 }]);
	});

	it.each([
		['License Type', { name: 'Licence Kind' }, ['Class A', 'Class B', 'Class C', 'Non CDL']],
		['Pay Grade', { addValues: '6' }, [1, 2, 3, 4, 5, 6]],
	])('a legacy attribute stays a legacy attribute: %s', async (name, updateFields, values) => {
		const { id, attributeType, attributeValueQuantity } = stateOf(sim, name);
		const before = entitiesWithAttribute(sim, name);
		await attributeRows(sim, 'update', { ...of(name), updateFields });
		const list = attributeType === 'number' ? 'numberValues' : 'stringValues';
		expect(writes(sim)[0].body).toEqual({
			entityType: 'driver',
			attributeType,
			attributeValueQuantity,
			[list]: values,
			...('name' in updateFields && { name: updateFields.name }),
		});
		const now = sim.state.attributes.get(id)!;
		expect(now).toMatchObject({ attributeType, attributeValueQuantity });
		expect(valuesIn(sim, now.name)).toEqual(values);
		expect(entitiesWithAttribute(sim, now.name)).toEqual(before);
	});

	it('changes a legacy attribute to several values', async () => {
		await attributeRows(sim, 'update', {
			...of('Fuel Type'),
			updateFields: { attributeValueQuantity: 'multi' },
		});
		expect(stateOf(sim, 'Fuel Type').attributeValueQuantity).toBe('multi');
	});

	it.each([
		['nothing to change', 'License Class', {}, "'Update Fields' is empty"],
		['an empty name', 'License Class', { name: ' ' }, "'Name' is empty"],
		[
			'a name that is taken',
			'License Class',
			{ name: 'Endorsements' },
			"An attribute named 'Endorsements' already exists",
		],
		[
			'several values back to one',
			'License Type',
			{ attributeValueQuantity: 'single' },
			"'Values per Driver or Asset' is One, but 'License Type' accepts several values",
		],
		[
			'several numbers',
			'Years of Experience',
			{ attributeValueQuantity: 'multi' },
			"'Values per Driver or Asset' is Several, but 'Years of Experience' has the type Number",
		],
		[
			'values of a text',
			'Home Terminal',
			{ addValues: 'Seattle' },
			"'Add Values' is filled in, but an attribute of this type accepts any value",
		],
		['no values at all', 'License Class', { values: ' , ' }, "'Replace Values' is empty"],
		[
			'too many values together',
			'License Class',
			{ addValues: Array.from({ length: 997 }, (_, n) => `v${n}`) },
			"'Add Values' results in 1001 allowed values",
		],
	])('refuses %s before writing', async (_, name, updateFields, message) => {
		const { error } = await runAttribute(sim, 'update', { ...of(name), updateFields });
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toBeTruthy();
		expect(writes(sim)).toEqual([]);
	});

	it('never sends a unit', async () => {
		await attributeRows(sim, 'update', {
			...of('Vehicle Length'),
			updateFields: { name: 'Length' },
		});
		expect(writes(sim)[0].body).toEqual({
			entityType: 'asset',
			attributeType: 'number',
			name: 'Length',
		});
		expect(stateOf(sim, 'Length').unit).toBe('FOOT');
	});
});

it('updates two attributes of one driver at once if the driver has to be updated by itself', async () => {
	const sim = await startSimulator({ records: 0, nulls: 'missing', latencyMs: 5 });
	try {
		const [driver] = sim.state.drivers.values();
		for (const { id } of sim.state.drivers.values()) sim.state.drivers.get(id)!.attributes = [];
		const input = { 'License Class': 'Class B', Endorsements: 'Tanker', 'Home Terminal': 'Yard' };
		await attributeRows(
			sim,
			'update',
			{
				entityType: 'driver',
				attributeId: locator('={{ $json.attribute }}'),
				updateFields: {
					entities: { entity: [{ entityId: locator(driver.id), value: '={{ $json.value }}' }] },
				},
			},
			{
				items: itemsOf(
					...Object.entries(input).map(([name, value]) => ({
						attribute: stateOf(sim, name).id,
						value,
					})),
				),
			},
		);
		for (const [name, value] of Object.entries(input)) {
			expect(entitiesWithAttribute(sim, name)).toEqual({ [driver.id]: [value] });
		}
	} finally {
		await sim.close();
	}
});
