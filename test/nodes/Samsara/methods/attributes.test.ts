import { searchAttributeEntities } from '../../../../nodes/Samsara/methods/attributeEntities';
import { searchAttributes } from '../../../../nodes/Samsara/methods/attributes';
import { editorContext } from '../../../samsara';
import { startSimulator, type Simulator } from '../../../simulator/index.mts';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator({ records: 0, drivers: 3, vehicles: 60, trailers: 2, equipment: 2 });
});

afterEach(async () => await sim.close());

const context = (entityType: string) =>
	editorContext(sim, { resource: 'attribute', operation: 'assign', entityType });

describe('attributes', () => {
	it('lists attributes of drivers or assets, as selected, with type and unit', async () => {
		const { results } = await searchAttributes.call(context('asset'));
		expect(results.map(({ name }) => name)).toEqual([
			'Ownership Type · Single Select',
			'Permits · Multi Select',
			'Parking Spot · Text',
			'Installed Options · Free-Form Multi Select',
			'Vehicle Length · Number · Feet',
			'Lease End · Date',
			'Fuel Type · String (Legacy)',
			'Approved Axle Loads · Number (Legacy, Several Values)',
		]);
		expect(results.every(({ value }) => sim.state.attributes.has(String(value)))).toBe(true);
	});

	it('searches by name and type, and is empty if nothing matches', async () => {
		const found = await searchAttributes.call(context('driver'), 'licen select');
		expect(found.results.map(({ name }) => name)).toEqual(['License Class · Single Select']);
		sim.state.attributes.clear();
		expect((await searchAttributes.call(context('driver'))).results).toEqual([]);
	});

	it("shows Samsara's message if the list cannot be read", async () => {
		sim.settings.scopes = [];
		await expect(searchAttributes.call(context('driver'))).rejects.toThrow('"Read Attributes"');
	});
});

describe('drivers and assets', () => {
	it('lists drivers for a driver attribute', async () => {
		const { results } = await searchAttributeEntities.call(context('driver'));
		expect(results.map(({ value }) => value)).toEqual([...sim.state.drivers.keys()]);
	});

	it('lists vehicles, then trailers and equipment, page by page', async () => {
		const first = await searchAttributeEntities.call(context('asset'));
		expect(first.results).toHaveLength(60);
		expect(first.results.every(({ name }) => name.endsWith(' · Vehicle'))).toBe(true);
		const token = first.paginationToken as string;
		const second = await searchAttributeEntities.call(context('asset'), undefined, token);
		expect(second.results.map(({ value }) => value)).toEqual([
			...sim.state.trailers.keys(),
			...sim.state.equipment.keys(),
		]);
		expect(second.paginationToken).toBeUndefined();
	});

	it('lists the other assets last, by type', async () => {
		await sim.close();
		sim = await startSimulator({
			records: 0,
			vehicles: 1,
			trailers: 1,
			equipment: 1,
			otherAssets: 2,
		});
		const { results } = await searchAttributeEntities.call(context('asset'));
		const [unpowered, uncategorized] = [...sim.state.otherAssets.values()];
		expect(results.slice(3)).toEqual([
			{ name: `${unpowered.name} · ${unpowered.serial} · Unpowered`, value: unpowered.id },
			{
				name: `${uncategorized.name} · ${uncategorized.serial} · Uncategorized`,
				value: uncategorized.id,
			},
		]);
		expect(results).toHaveLength(5);
	});

	it('continues each list from its cursor', async () => {
		sim.settings.pageSize = 1;
		for (let n = 60; n < 600; n++) {
			const [vehicle] = sim.state.vehicles.values();
			const id = sim.state.newEntityId();
			sim.state.vehicles.set(id, { ...vehicle, id, externalIds: {} });
		}
		const seen: unknown[] = [];
		let token: string | undefined;
		do {
			const page = await searchAttributeEntities.call(context('asset'), undefined, token);
			seen.push(...page.results.map(({ value }) => value));
			token = page.paginationToken as string | undefined;
		} while (token);
		expect(seen).toEqual(sim.state.allAssets().map(({ id }) => id));
	});

	it('leaves out lists that the token may not read, unless that is all of them', async () => {
		sim.settings.scopes = ['Read Trailers'];
		const { results } = await searchAttributeEntities.call(context('asset'));
		expect(results.map(({ value }) => value)).toEqual([...sim.state.trailers.keys()]);
		sim.settings.scopes = [];
		await expect(searchAttributeEntities.call(context('asset'))).rejects.toThrow('scope');
	});

	it('searches all lists by name or external ID', async () => {
		const { results } = await searchAttributeEntities.call(context('asset'), 'T-5302');
		const [trailer] = [...sim.state.trailers.values()].slice(1);
		expect(results.map(({ value }) => value)).toEqual([trailer.id]);
	});
});
