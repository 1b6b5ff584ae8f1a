import type { IDataObject, INode } from 'n8n-workflow';
import { SamsaraApi } from '../../../credentials/SamsaraApi.credentials';
import { clock } from '../../../nodes/Samsara/api/clock';
import { resources } from '../../../nodes/Samsara/resources';
import { Samsara } from '../../../nodes/Samsara/Samsara.node';
import { callTool } from '../../engine';
import { locator, rowsOf, speedUp } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';

/*
 * The node as a tool of an AI agent, called through n8n's own tool interface with fixed arguments.
 */

let sim: Simulator;
let restoreClock: () => void;

beforeAll(async () => {
	sim = await startSimulator({
		drivers: 150,
		records: 600,
		rateLimits: false,
		now: () => new Date(clock.now()),
	});
	restoreClock = speedUp(100);
});

beforeEach(() => sim.reset());

afterAll(async () => {
	restoreClock();
	await sim.close();
});

/** An expression for a parameter that the agent fills in. */
function fromAi(key: string, description: string, type = 'string'): string {
	return `={{ $fromAI('${key}', '${description}', '${type}') }}`;
}

async function call(parameters: INode['parameters'], input: IDataObject) {
	const tool = await callTool(
		{
			node: new Samsara(),
			parameters,
			credentialTypes: [new SamsaraApi()],
			credentials: {
				samsaraApi: { apiToken: sim.token, region: 'custom', baseUrl: sim.url },
			},
		},
		input,
	);
	return { ...tool, rows: JSON.parse(tool.answer) as IDataObject[] };
}

/** As an agent gets a row: columns without a value would only take room. */
function withoutNulls(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

const KILOBYTE = 1024;

test('describes every operation to the agent in a plain sentence', () => {
	for (const { operations } of resources) {
		for (const { action, description } of operations) {
			expect(description.split(' ').length).toBeGreaterThan(3);
			expect(`${action} ${description}`).not.toMatch(/endpoint|\bJSON\b|\bAPI\b|PATCH|uuid/i);
		}
	}
});

test('Driver: Get finds a driver by the external ID that the agent provides', async () => {
	const driver = [...sim.state.drivers.values()].find(
		({ externalIds }) => Object.keys(externalIds).length > 0,
	)!;
	const [key, value] = Object.entries(driver.externalIds)[0];

	const {
		description,
		arguments: requests,
		rows,
		answer: response,
	} = await call(
		{
			resource: 'driver',
			operation: 'get',
			driverId: locator(fromAi('driver', 'ID of the driver')),
		},
		{ driver: `${key}:${value}` },
	);

	expect(description).toBe('Get driver in Samsara');
	expect(requests).toEqual(['driver']);
	expect(rows).toMatchObject([{ id: driver.id, name: driver.name, username: driver.username }]);
	expect(response.length).toBeLessThan(2 * KILOBYTE);
});

test('Qualification Record: Get Many returns 50 flat rows, with contacts of the owners, in less than 34 KB', async () => {
	const {
		description,
		rows,
		answer: response,
	} = await call(
		{
			resource: 'qualificationRecord',
			operation: 'getAll',
			entityType: 'worker',
			filters: {
				qualificationTypes: fromAi('types', 'Names of qualification types'),
				status: ['active'],
			},
		},
		{ types: 'Medical Card' },
	);

	expect(description).toBe('Get many qualification records in Samsara');
	expect(rows).toHaveLength(50);
	expect(response.length).toBeLessThan(34 * KILOBYTE);
	for (const row of rows) {
		expect(row).toMatchObject({
			type: 'Medical Card',
			status: 'active',
			ownerName: expect.any(String),
			'Examiner Name': expect.any(String),
		});
	}
});

test('returns as many rows as the agent requests', async () => {
	const { rows } = await call(
		{
			resource: 'qualificationRecord',
			operation: 'getAll',
			entityType: 'worker',
			limit: fromAi('limit', 'How many', 'number'),
		},
		{ limit: 3 },
	);
	expect(rows).toHaveLength(3);
});

const everybody: INode['parameters'] = {
	resource: 'qualificationRecord',
	operation: 'checkCompliance',
	entityType: 'worker',
	who: 'all',
	qualificationTypes: ['Driver License', 'Medical Card', 'Hazmat Certificate'],
};

test('Check Compliance: truncates long output for an agent and says so, but not for a workflow', async () => {
	const all = await rowsOf(sim, everybody);
	const { description, rows, answer: response } = await call(everybody, {});

	expect(description).toBe('Check compliance of drivers or assets in Samsara');
	const shown = rows.length - 1;
	expect(rows.slice(0, shown)).toEqual(all.slice(0, shown).map(withoutNulls));
	expect(rows[shown]).toEqual({
		note: `These are the first ${shown} of ${all.length} rows. Use filters or a lower limit to get fewer.`,
	});
	expect(shown).toBeLessThan(all.length);
	expect(response.length).toBeGreaterThan(35_000);
	expect(response.length).toBeLessThan(41_000);
});

test('Check Compliance: returns everything about one driver', async () => {
	const [driver] = sim.state.drivers.values();
	const { rows, answer: response } = await call(
		{ ...everybody, who: 'items', ownerId: locator(fromAi('driver', 'ID of the driver')) },
		{ driver: driver.id },
	);
	expect(rows.map(({ ownerName, type }) => [ownerName, type])).toEqual([
		[driver.name, 'Driver License'],
		[driver.name, 'Medical Card'],
		[driver.name, 'Hazmat Certificate'],
	]);
	expect(response.length).toBeLessThan(2 * KILOBYTE);
});

test('tells the agent what is wrong and what to do', async () => {
	const refused = call(
		{
			resource: 'driver',
			operation: 'get',
			driverId: locator(fromAi('driver', 'ID of the driver')),
		},
		{ driver: '' },
	);
	await expect(refused).rejects.toMatchObject({
		message:
			"'Driver' is empty [item 0]\n\nDetails: Pick one from the list, or map an ID or an external ID like payrollId:ABFS18600 to 'Driver'.",
	});
	expect(sim.requests).toEqual([]);
});
