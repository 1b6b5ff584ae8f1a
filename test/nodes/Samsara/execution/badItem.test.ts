import type { INodeParameters } from 'n8n-workflow';
import { itemsOf, locator, runSamsara } from '../../../samsara';
import { startSimulator, type Simulator } from '../../../simulator/index.mts';

/*
 * With 'On Error: Continue', an item whose expression fails must not make the others fail.
 */

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ records: 20, mediaProcessingMs: 0 });
});

afterAll(async () => await sim.close());

const id = '={{ $json.id }}';

const failing = (value: string) => `={{ $json.isBad ? $('Nowhere').item.json.x : ${value} }}`;

const firstTwo = (entities: Map<string, unknown>) => [...entities.keys()].slice(0, 2);

const cases: Array<[name: string, parameters: INodeParameters, ids: () => string[]]> = [
	[
		'driver: update',
		{
			driverId: locator(id),
			updateFields: { dateOfBirth: '2000-01-02' },
			options: { dateFormat: failing("'iso'") },
		},
		() => firstTwo(sim.state.drivers),
	],
	[
		'asset: get',
		{ assetId: locator(id), simplify: failing('true') },
		() => firstTwo(sim.state.vehicles),
	],
	[
		'equipment: get',
		{ equipmentId: locator(id), options: { includeAttributes: failing('true') } },
		() => firstTwo(sim.state.assetsOf('equipment')),
	],
	[
		'qualificationRecord: downloadFiles',
		{ recordId: locator(id), options: { dataFieldPrefix: failing("'scan_'") } },
		() => firstTwo(sim.state.records),
	],
	[
		'qualificationRecord: get',
		{ recordId: locator(id), options: { lookUpOwnerNames: failing('true') } },
		() => firstTwo(sim.state.records),
	],
];

describe.each(cases)('%s', (name, parameters, idsOf) => {
	const [resource, operation] = name.split(': ');

	test.each([0, 1])('item %d', async (bad) => {
		const ids = idsOf();
		const { rows, error } = await runSamsara(
			sim,
			{ resource, operation, ...parameters },
			{
				items: itemsOf(...ids.map((one, n) => ({ id: one, isBad: n === bad }))),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(2);
		expect(rows[bad].error).toBe(`Referenced node doesn't exist [item ${bad}]`);
		expect(rows[1 - bad]).toMatchObject({ id: ids[1 - bad] });
	});
});
