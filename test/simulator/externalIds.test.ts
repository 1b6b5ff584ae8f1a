import { simulated } from './client.mts';
import type { Client } from './client.mts';

let api: Client;

beforeEach(async () => {
	api = await simulated({ records: 3 });
});

afterEach(() => api.simulator.close());

describe('external IDs of drivers that Samsara has set', () => {
	it('are returned, but rejected in requests', async () => {
		const { drivers } = api.simulator.state;
		const driver = [...drivers.values()].find((one) => 'samsara.driverRef' in one.externalIds);
		const path = `/fleet/drivers/${driver?.id}`;
		const { externalIds } = (await api.get(path)).body.data;
		expect(Object.keys(externalIds).sort()).toEqual(['payrollId', 'samsara.driverRef']);
		const original = structuredClone(driver);
		expect((await api.send('PATCH', path, { notes: 'x', externalIds })).status).toBe(400);
		expect(driver).toEqual(original);
		const own = { payrollId: 'P-NEW' };
		const changed = await api.send('PATCH', path, { externalIds: own });
		expect(changed.body.data.externalIds).toEqual({ ...externalIds, ...own });
		const created = await api.send('POST', '/fleet/drivers', {
			name: 'New',
			username: 'new',
			password: 'secret-enough',
			externalIds: { 'samsara.driverRef': 'D1' },
		});
		expect(created.status).toBe(400);
		expect([...drivers.values()].map(({ name }) => name)).not.toContain('New');
	});
});

describe('external IDs with separators or other special characters', () => {
	const read = async (value: string) => {
		const ids = encodeURIComponent(`hrRecordId:${value}`);
		const path = `/qualification-records?ids=${ids}&includeExternalIds=true`;
		const { body } = await api.get(path);
		return (body.data as unknown as Array<{ id: string }>).map(({ id }) => id);
	};

	it.each(['A:1', ' A 1 ', 'Führer Ö', '運転手', 'a+b&c=d', 'a/b%2Cc'])(
		'keeps and finds "%s"',
		async (value) => {
			const [record] = api.simulator.state.records.values();
			const change = { id: record.id, externalIds: { hrRecordId: value } };
			const { body } = await api.send('PATCH', '/qualification-records', change);
			expect(body.data.externalIds.hrRecordId).toBe(value);
			expect(await read(value)).toEqual([record.id]);
			expect((await api.send('PATCH', '/qualification-records', change)).status).toBe(200);
		},
	);

	it('are split at commas, so that another record is found', async () => {
		const [first, second] = api.simulator.state.records.values();
		first.externalIds = { hrRecordId: '4711,a' };
		second.externalIds = { hrRecordId: '4711' };
		expect(await read('4711,a')).toEqual([second.id]);
		const owner = encodeURIComponent('assetNumber:T-5301,annex');
		const assets = (await api.get(`/assets?ids=${owner}`)).body.data;
		expect(assets).toMatchObject([{ name: 'Trailer 5301' }]);
	});
});
