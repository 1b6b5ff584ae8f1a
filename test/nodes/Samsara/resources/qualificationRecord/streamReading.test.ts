import type { INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { itemsOf, locator, rowsOf } from '../../../../samsara';
import {
	startSimulator,
	type QualificationRecord,
	type Simulator,
} from '../../../../simulator/index.mts';

const STREAM = '/qualification-records/stream';

let sim: Simulator;

afterEach(async () => await sim.close());

const typeNamed = (name: string) =>
	[...sim.state.qualificationTypes.values()].find((type) => type.name === name)!;

describe.each([
	['30 seconds ahead of', 30_000],
	['four minutes ahead of', 240_000],
	['an hour ahead of', 3_600_000],
	['four minutes behind', -240_000],
])("Samsara's clock is %s n8n's", (_, clockOffsetMs) => {
	beforeEach(async () => {
		sim = await startSimulator({ records: 0, clockOffsetMs });
	});

	const upsert = (ownerId: string, number: string) => ({
		resource: 'qualificationRecord',
		operation: 'upsert',
		entityType: 'worker',
		qualificationType: locator(typeNamed('Hazmat Certificate').id),
		ownerId: locator(ownerId),
		issueDate: '2026-01-15',
		fieldsMode: 'json',
		fieldsJson: JSON.stringify([
			{
				id: typeNamed('Hazmat Certificate').fields[0].id,
				type: 'text',
				textValue: { value: number },
			},
		]),
	});

	it('Create or Update in two runs creates one record, which Check Compliance finds', async () => {
		const [driver] = sim.state.drivers.values();
		const [created] = await rowsOf(sim, upsert(driver.id, 'HM-1'));
		const [updated] = await rowsOf(sim, upsert(driver.id, 'HM-2'));
		expect([created.created, updated.created]).toEqual([true, false]);
		expect(updated.id).toBe(created.id);
		expect(sim.state.records.size).toBe(1);

		const check = {
			resource: 'qualificationRecord',
			operation: 'checkCompliance',
			entityType: 'worker',
			qualificationTypes: ['Hazmat Certificate'],
			who: 'items',
			ownerId: locator('={{ $json.id }}'),
			expiringWithinDays: 30,
		};
		const [row] = await rowsOf(sim, check, { items: itemsOf({ id: driver.id }) });
		expect(row).toMatchObject({ ownerId: driver.id, status: 'valid' });
	});
});

describe('if records change while the pages of a list are read', () => {
	beforeEach(async () => {
		sim = await startSimulator({ records: 90, pagination: 'offset', pageSize: 10 });
	});

	const getMany = (filters: INodeParameters = {}) => ({
		resource: 'qualificationRecord',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
		simplify: false,
		filters,
	});
	const workers = () =>
		sim.state.recordsByChange().filter(({ owner }) => owner.entityType === 'worker');
	const ids = (rows: Array<{ id?: unknown }>) => rows.map(({ id }) => String(id)).sort();

	/** Runs Get Many, and does something after the first page was answered. */
	async function whileReading(parameters: INodeParameters, act: () => void) {
		sim.faults.add({ kind: 'delay', ms: 200, path: STREAM, after: 1, times: 1 });
		const running = rowsOf(sim, parameters);
		while (sim.requests.filter(({ path }) => path === STREAM).length < 2) await sleep(1);
		act();
		return await running;
	}

	it('Get Many lists every record once if a record on an earlier page is changed', async () => {
		const expected = workers().filter(({ recordStatus }) => recordStatus !== 'deleted');
		const [first] = expected;
		const rows = await whileReading(getMany(), () => sim.state.change(first, new Date()));
		expect(ids(rows)).toEqual(ids(expected));
	});

	it('Get Many shows the newest version of a record that changes, as a row with its new owner, at its new place', async () => {
		const expected = workers().filter(({ recordStatus }) => recordStatus !== 'deleted');
		const [first] = expected;
		const [driver] = [...sim.state.drivers.values()].filter(({ id }) => id !== first.owner.id);
		const rows = await whileReading({ ...getMany(), simplify: true }, () => {
			first.owner = { entityType: 'worker', id: driver.id };
			first.expirationDate = '2031-05-06T00:00:00Z';
			sim.state.change(first, new Date());
		});
		expect(ids(rows)).toEqual(ids(expected));
		expect(rows.at(-1)).toMatchObject({
			id: first.id,
			ownerId: driver.id,
			ownerName: driver.name,
			expirationDate: '2031-05-06',
		});
		const changes = rows.map(({ updatedAtTime }) => String(updatedAtTime));
		expect(changes).toEqual([...changes].sort());
	});

	it('Get Many lists all other records if a record on an earlier page is deleted', async () => {
		const [first, ...others] = workers().filter(({ recordStatus }) => recordStatus !== 'deleted');
		const rows = await whileReading(getMany(), () => {
			first.recordStatus = 'deleted';
			sim.state.change(first, new Date());
		});
		expect(ids(rows)).toEqual(ids(others));
	});

	it('Get Many with a filter lists all other records if one no longer matches the filter', async () => {
		const type = typeNamed('Medical Card');
		const cards = workers().filter(
			({ typeId, recordStatus }) => typeId === type.id && recordStatus !== 'deleted',
		);
		const owners = [...new Set(cards.map(({ owner }) => owner.id))];
		sim.settings.pageSize = 3;
		const [first, ...others] = cards;
		const stays = owners.filter((id) => id !== 'elsewhere');
		const elsewhere = [...sim.state.drivers.keys()].find((id) => !owners.includes(id))!;
		const rows = await whileReading(
			getMany({ qualificationTypes: [type.id], owners: stays }),
			() => {
				first.owner = { ...first.owner, id: elsewhere } as QualificationRecord['owner'];
				sim.state.change(first, new Date());
			},
		);
		expect(others.length).toBeGreaterThan(3);
		expect(ids(rows)).toEqual(ids(others));
	});

	it('lists every record once if pages repeat entries', async () => {
		sim.settings.repeatEntries = true;
		const rows = await rowsOf(sim, getMany());
		const expected = workers().filter(({ recordStatus }) => recordStatus !== 'deleted');
		expect(ids(rows)).toEqual(ids(expected));
		expect(sim.requests.length).toBeLessThan(2 * (expected.length / 9 + 3) + 4);
	});
});
