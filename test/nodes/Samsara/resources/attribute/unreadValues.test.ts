import type { IDataObject } from 'n8n-workflow';
import { itemsOf, locator, runSamsara } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { attributeRows, entitiesWithAttribute, runAttribute, stateOf, writes } from './fixtures';

/*
 * Samsara's OpenAPI documents null for the values of entities that have a text attribute. No entity may lose such a value
 * because another one gets a value.
 */

let sim: Simulator;

const start = async (
	attributeEntities: 'merge' | 'replace',
	attributeWrites = attributeEntities,
) => {
	sim = await startSimulator({
		records: 0,
		attributeEntities,
		attributeWrites,
		attributeEntityValues: 'null',
	});
};

afterEach(async () => await sim.close());

const of = (name: string) => ({
	entityType: stateOf(sim, name).entityType,
	attributeId: locator(stateOf(sim, name).id),
});

const assign = async (name: string, items: IDataObject[]) =>
	await runAttribute(
		sim,
		'assign',
		{ ...of(name), entityId: locator('={{ $json.id }}'), value: '={{ $json.value }}', options: {} },
		{ items: itemsOf(...items), settings: { onError: 'continueRegularOutput' } },
	);

describe.each(['merge', 'replace'] as const)('if Samsara would %s', (mode) => {
	beforeEach(async () => await start(mode));

	it('Assign reaches assets that are neither vehicles, trailers nor equipment', async () => {
		const { equipment, otherAssets } = sim.state;
		const others = [...equipment.values()].slice(0, 4);
		others.forEach((asset, index) => {
			asset.type = index % 2 === 0 ? 'unpowered' : 'uncategorized';
			equipment.delete(asset.id);
			otherAssets.set(asset.id, asset);
		});
		const before = structuredClone(others.map(({ attributes }) => attributes));
		await assign(
			'Parking Spot',
			others.map(({ id }) => ({ id, value: 'Row Z' })),
		);
		expect(entitiesWithAttribute(sim, 'Parking Spot')).toMatchObject(
			Object.fromEntries(others.map(({ id }) => [id, ['Row Z']])),
		);
		const { id: spot } = stateOf(sim, 'Parking Spot');
		others.forEach(({ attributes }, index) => {
			expect(attributes.filter(({ attributeId }) => attributeId !== spot)).toEqual(
				before[index].filter(({ attributeId }) => attributeId !== spot),
			);
		});
	});

	it.each([
		['Home Terminal', 'Yard', ['Yard']],
		['Languages', 'Sami, Finnish', ['Sami', 'Finnish']],
		['Parking Spot', 'Row Z', ['Row Z']],
	])('Assign keeps the values of all others: %s', async (name, value, values) => {
		const before = entitiesWithAttribute(sim, name);
		const { entityType } = stateOf(sim, name);
		const free = sim.state.entitiesOf(entityType).find(({ id }) => !(id in before))!;
		const [assigned] = Object.keys(before);
		const { rows } = await assign(name, [
			{ id: free.id, value },
			{ id: assigned, value },
		]);
		expect(rows).toMatchObject([
			{ entityId: free.id, value: values.join(', '), previousValue: null },
			{ entityId: assigned, value: values.join(', '), previousValue: before[assigned].join(', ') },
		]);
		expect(entitiesWithAttribute(sim, name)).toEqual({
			...before,
			[free.id]: values,
			[assigned]: values,
		});
	});

	it('Update keeps the values of all others', async () => {
		const before = entitiesWithAttribute(sim, 'Home Terminal');
		const free = [...sim.state.drivers.values()].find(({ id }) => !(id in before))!;
		await attributeRows(sim, 'update', {
			...of('Home Terminal'),
			updateFields: {
				name: 'Terminal',
				entities: { entity: [{ entityId: locator(free.id), value: 'Yard' }] },
			},
		});
		expect(entitiesWithAttribute(sim, 'Terminal')).toEqual({ ...before, [free.id]: ['Yard'] });
	});

	it('refuses invalid values even if the values of others cannot be read', async () => {
		sim.settings.scopes = ['Read Attributes', 'Write Attributes'];
		const [assigned] = Object.keys(entitiesWithAttribute(sim, 'Home Terminal'));
		const { rows } = await assign('Home Terminal', [{ id: assigned, value: ['A', 'B'] }]);
		expect(rows).toHaveLength(1);
		expect(rows[0].error).toBe("'Home Terminal' accepts one value, but has 2 [item 0]");
		expect(writes(sim)).toEqual([]);
	});

	it('removes a value from one driver only', async () => {
		const before = entitiesWithAttribute(sim, 'Home Terminal');
		const [one, ...others] = Object.keys(before);
		const { rows } = await assign('Home Terminal', [{ id: one, value: '' }]);
		expect(rows).toMatchObject([{ value: null, previousValue: before[one][0] }]);
		expect(entitiesWithAttribute(sim, 'Home Terminal')).toEqual(
			Object.fromEntries(others.map((id) => [id, before[id]])),
		);
	});

	it('updates each asset by itself if the values of others cannot be read', async () => {
		sim.settings.scopes = [
			'Read Attributes',
			'Write Attributes',
			'Read Vehicles',
			'Write Vehicles',
			'Read Equipment',
			'Write Equipment',
		];
		const before = entitiesWithAttribute(sim, 'Parking Spot');
		const others = Object.fromEntries(
			[...sim.state.vehicles.values()].map(({ id, attributes }) => [id, attributes]),
		);
		const [vehicle] = [...sim.state.vehicles.keys()].filter((id) => id in before);
		const [unread] = [...sim.state.equipment.keys()].filter((id) => id in before);
		const { rows } = await assign('Parking Spot', [
			{ id: vehicle, value: 'Row Z' },
			{ id: unread, value: 'Row Y' },
			{ id: '404404', value: 'Row X' },
		]);
		expect(rows[0]).toMatchObject({
			entityId: vehicle,
			value: 'Row Z',
			previousValue: before[vehicle][0],
		});
		expect(rows[1].error).toContain("'Installed Options' cannot be read and would be lost");
		expect(rows[2].error).toContain('404404');
		expect(entitiesWithAttribute(sim, 'Parking Spot')).toEqual({ ...before, [vehicle]: ['Row Z'] });
		const kept = (id: string) =>
			others[id].filter(({ attributeId }) => attributeId !== stateOf(sim, 'Parking Spot').id);
		expect(sim.state.vehicles.get(vehicle)!.attributes).toEqual(
			expect.arrayContaining(kept(vehicle)),
		);
		expect(writes(sim).every(({ path }) => !path.startsWith('/attributes'))).toBe(true);
	});

	it('refuses to set an attribute of equipment whose text values cannot be read', async () => {
		sim.settings.scopes = ['Read Attributes', 'Read Equipment', 'Write Equipment'];
		const spots = entitiesWithAttribute(sim, 'Parking Spot');
		const [equipment] = [...sim.state.equipment.values()].filter(({ id }) => id in spots);
		const before = structuredClone(equipment.attributes);
		const { error } = await runSamsara(sim, {
			resource: 'equipment',
			operation: 'setAttributes',
			equipmentId: locator(equipment.id),
			attributes: {
				mappingMode: 'defineBelow',
				value: { [stateOf(sim, 'Vehicle Length').id]: 3 },
				schema: [],
			},
		});
		expect(error?.message).toContain('cannot be read and would be lost [item 0]');
		expect(equipment.attributes).toEqual(before);
	});
});

it('Get Assignments reads the values from the drivers and marks those it cannot read', async () => {
	await start('replace');
	const before = entitiesWithAttribute(sim, 'Home Terminal');
	const parameters = { ...of('Home Terminal'), returnAll: true };
	const rows = await attributeRows(sim, 'getAssignments', parameters);
	expect(Object.fromEntries(rows.map(({ entityId, value }) => [entityId, [value]]))).toEqual(
		before,
	);
	sim.settings.scopes = ['Read Attributes'];
	const { rows: unread, run } = await runAttribute(sim, 'getAssignments', parameters);
	expect(unread).toHaveLength(rows.length);
	for (const row of unread) {
		expect(row).not.toHaveProperty('value');
		expect(row.valueUnreadable).toBe(true);
	}
	expect(run.data.resultData.runData.Node[0].hints?.[0].message).toContain("'Read Drivers'");
});
