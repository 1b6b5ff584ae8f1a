import { listSearch, loadOptions, resourceMapping } from '../../../../nodes/Samsara/methods';
import { editorContext } from '../../../samsara';
import { startSimulator, type Simulator } from '../../../simulator/index.mts';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ vehicles: 700, records: 0 });
});
afterAll(async () => await sim.close());

const context = () => editorContext(sim, {});

describe('pick lists', () => {
	it('finds a vehicle by VIN on a later page', async () => {
		const vehicle = [...sim.state.vehicles.values()][650];
		const { results } = await listSearch.searchVehicles.call(context(), vehicle.vin);
		expect(results).toEqual([
			{
				name: `${vehicle.name} · ${String(vehicle.details.licensePlate)} · ${vehicle.vin}`,
				value: vehicle.id,
			},
		]);
	});

	it('continues where the previous page ended', async () => {
		const first = await listSearch.searchVehicles.call(context());
		const second = await listSearch.searchVehicles.call(
			context(),
			'',
			first.paginationToken as string,
		);
		expect([...first.results, ...second.results].map(({ value }) => value)).toEqual([
			...sim.state.vehicles.keys(),
		]);
		expect(second.paginationToken).toBeUndefined();
	});

	it('finds trailers and equipment by serial number and external ID', async () => {
		const [trailer] = sim.state.trailers.values();
		const [machine] = sim.state.equipment.values();
		const trailers = await listSearch.searchTrailers.call(context(), trailer.serial);
		const machines = await listSearch.searchEquipment.call(
			context(),
			machine.externalIds.assetNumber,
		);
		expect(trailers.results.map(({ value }) => value)).toEqual([trailer.id]);
		expect(machines.results).toEqual([
			{ name: `${machine.name} · ${machine.serial}`, value: machine.id },
		]);
	});

	it("shows Samsara's message if a list cannot be read", async () => {
		sim.settings.scopes = ['Read Drivers'];
		await expect(listSearch.searchTrailers.call(context())).rejects.toThrow(/Read Trailers/);
		const form = await resourceMapping.getAssetAttributeFields.call(context());
		expect(form).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringMatching(/the scope "Read Attributes"/),
		});
		sim.settings.scopes = undefined;
	});
});

describe('drop-down options', () => {
	it('shows tags with their parent tag', async () => {
		const tags = await loadOptions.getTags.call(context());
		expect(tags).toContainEqual({ name: 'North Region › North Depot', value: '4029136' });
		expect(tags).toContainEqual({ name: 'Long Haul', value: '4029140' });
	});

	it('shows attributes and their values', async () => {
		const license = sim.state.attributeNamed('driver', 'License Class')!;
		expect(await loadOptions.getDriverAttributes.call(context())).toContainEqual({
			name: 'License Class',
			value: license.id,
		});
		expect(await loadOptions.getDriverAttributeValues.call(context())).toContainEqual({
			name: 'License Class: Class A',
			value: license.values[0].id,
		});
		const assets = await loadOptions.getAssetAttributes.call(context());
		expect(assets.map(({ name }) => name)).toContain('Vehicle Length (Feet)');
		const permits = await loadOptions.getAssetAttributeValues.call(context());
		expect(permits.map(({ name }) => name)).toContain('Permits: Oversize');
	});
});

describe('attribute forms', () => {
	it('have one input per attribute of drivers or assets', async () => {
		const drivers = await resourceMapping.getDriverAttributeFields.call(context());
		expect(drivers.fields.find(({ displayName }) => displayName === 'License Class')).toMatchObject(
			{
				type: 'options',
				options: [
					{ name: 'Class A', value: 'Class A' },
					{ name: 'Class B', value: 'Class B' },
					{ name: 'Class C', value: 'Class C' },
					{ name: 'Non CDL', value: 'Non CDL' },
				],
			},
		);
		const assets = await resourceMapping.getAssetAttributeFields.call(context());
		expect(assets.fields.map(({ displayName }) => displayName)).toContain('Vehicle Length (Feet)');
	});

	it('do not claim that there are no attributes when there are some', async () => {
		const { getDriverAttributeFields, getAssetAttributeFields } = resourceMapping;
		for (const getFields of [getDriverAttributeFields, getAssetAttributeFields]) {
			const form = await getFields.call(context());
			expect(form.fields).not.toEqual([]);
			expect(form.emptyFieldsNotice).toBeUndefined();
		}
	});

	it('say what to do if there are no attributes', async () => {
		const empty = await startSimulator({ seed: 'empty' });
		const { fields, emptyFieldsNotice } = await resourceMapping.getDriverAttributeFields.call(
			editorContext(empty, {}),
		);
		await empty.close();
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toContain('No attributes are defined for drivers yet');
	});
});
