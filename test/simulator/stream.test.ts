import { simulated } from './client.mts';
import type { Client } from './client.mts';

const FUTURE = '2999-01-01T00:00:00Z';
const ALL = `/qualification-records/stream?entityType=worker&startTime=2000-01-01T00:00:00Z`;

let api: Client;

beforeEach(async () => {
	api = await simulated({ records: 120, pageSize: 25 });
});

afterEach(() => api.simulator.close());

function workers() {
	return [...api.simulator.state.records.values()].filter(
		({ owner }) => owner.entityType === 'worker',
	);
}

describe('stream with an end time', () => {
	it('returns each record that is not deleted once, in the order of the last change', async () => {
		const pages = await api.pages(`${ALL}&endTime=${FUTURE}`);
		const rows = pages.flat();
		const expected = workers().filter(({ recordStatus }) => recordStatus !== 'deleted');
		expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
		const times = rows.map(({ updatedAtTime }) => String(updatedAtTime));
		expect(times).toEqual([...times].sort());
		expect(rows.some(({ recordStatus }) => String(recordStatus) === 'archived')).toBe(true);
	});

	it('returns deleted records on request', async () => {
		const rows = (await api.pages(`${ALL}&endTime=${FUTURE}&includeDeleted=true`)).flat();
		expect(rows).toHaveLength(workers().length);
	});

	it('includes startTime and excludes endTime', async () => {
		const [, second, third] = workers();
		const path = '/qualification-records/stream?entityType=worker';
		const between = `&startTime=${second.updatedAtTime}&endTime=${third.updatedAtTime}`;
		const rows = (await api.pages(path + between)).flat();
		expect(rows.map(({ id }) => id)).toEqual([second.id]);
	});

	it.each(['null', 'missing'] as const)(
		'keeps the order of a record whose time of change is %s',
		async (shownUpdatedAtTime) => {
			const expected = workers().filter(({ recordStatus }) => recordStatus !== 'deleted');
			expected[1].shownUpdatedAtTime = shownUpdatedAtTime;
			const rows = (await api.pages(`${ALL}&endTime=${FUTURE}`)).flat();
			expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
			expect(rows[1].updatedAtTime).toBe(shownUpdatedAtTime === 'null' ? null : undefined);
			expect(rows[0].updatedAtTime).toEqual(expected[0].updatedAtTime);
		},
	);

	it('filters by types and owners', async () => {
		const [{ typeId, owner }] = workers();
		const query = `&endTime=${FUTURE}&qualificationTypeIds=${typeId}&ownerIds=${owner.id}`;
		const rows = (await api.pages(ALL + query)).flat();
		const expected = workers().filter(
			(record) =>
				record.typeId === typeId &&
				record.owner.id === owner.id &&
				record.recordStatus !== 'deleted',
		);
		expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
		expect((await api.get(`${ALL}&ownerIds=payrollId:P10001`)).status).toBe(400);
	});
});

describe('stream without an end time', () => {
	it('never ends, and its cursor returns later changes', async () => {
		const pages = await api.pages(ALL);
		expect(pages).toHaveLength(50);
		expect(pages[49]).toEqual([]);
		let after = '';
		for (let page = 0; page < 10; page += 1) {
			const { body } = await api.get(ALL + (after && `&after=${after}`));
			expect(body.pagination.hasNextPage).toBe(true);
			after = String(body.pagination.endCursor);
		}
		const [record] = workers();
		await api.send('POST', '/qualification-records/archive', { id: record.id });
		const { body } = await api.get(`${ALL}&after=${after}`);
		expect(body.data).toMatchObject([{ id: record.id, recordStatus: 'archived' }]);
	});
});
