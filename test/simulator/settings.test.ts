import { simulated } from './client.mts';
import type { JsonResponse, Client } from './client.mts';

let api: Client;

beforeEach(async () => {
	api = await simulated({ records: 24 });
});

afterEach(() => api.simulator.close());

function ids(rows: unknown): string[] {
	return (rows as Array<{ id: string }>).map(({ id }) => id);
}

describe('attributeEntityValues', () => {
	const path = (name: string) => {
		const attribute = api.simulator.state.attributeNamed('driver', name);
		return `/attributes/${attribute?.id}`;
	};

	it.each(['Home Terminal', 'Languages'])('hides the values of "%s"', async (name) => {
		const visible = await api.get(`${path(name)}?entityType=driver`);
		expect(visible.body.data.entities[0].stringValues).toEqual([expect.any(String)]);
		api.simulator.settings.attributeEntityValues = 'null';
		const read = await api.get(`${path(name)}?entityType=driver`);
		const written = await api.send('PATCH', path(name), { entityType: 'driver' });
		for (const { body } of [read, written]) {
			const hidden = { stringValues: null, numberValues: null, values: null };
			expect(body.data.entities[0]).toMatchObject(hidden);
		}
		const [driver] = api.simulator.state.drivers.keys();
		const { attributes } = (await api.get(`/fleet/drivers/${driver}`)).body.data;
		expect(attributes).toContainEqual(
			expect.objectContaining({ name, stringValues: [expect.any(String)] }),
		);
	});

	it.each(['License Class', 'Hire Date', 'Years of Experience'])(
		'does not hide the values of "%s"',
		async (name) => {
			const original = await api.get(`${path(name)}?entityType=driver`);
			api.simulator.settings.attributeEntityValues = 'null';
			expect((await api.get(`${path(name)}?entityType=driver`)).text).toBe(original.text);
		},
	);
});

describe('recordExternalIds', () => {
	it.each([
		['merge', { kept: '1', added: '2' }],
		['replace', { added: '2' }],
	] as const)('means %s', async (meaning, expected) => {
		const { settings, state } = api.simulator;
		settings.recordExternalIds = meaning;
		const [record] = state.records.values();
		record.externalIds = { kept: '1' };
		const change = { id: record.id, externalIds: { added: '2' } };
		const { body } = await api.send('PATCH', '/qualification-records', change);
		expect(body.data.externalIds).toEqual(expected);
		await api.send('PATCH', '/qualification-records', { id: record.id });
		expect(record.externalIds).toEqual(expected);
	});
});

describe('clockOffsetMs', () => {
	it.each([240_000, -240_000])('moves all times by %i', async (offset) => {
		const { settings, state } = api.simulator;
		const base = Date.parse('2026-03-01T12:00:00Z');
		settings.now = () => new Date(base);
		await api.control('PATCH', '/control/settings', { clockOffsetMs: offset });
		const now = new Date(base + offset);
		const [type] = state.qualificationTypes.values();
		const response = await api.send('POST', '/qualification-records', {
			qualificationType: { id: type.id },
			owner: { entityType: 'worker', id: [...state.drivers.keys()][0] },
			issueDate: '2026-01-01T00:00:00Z',
			fields: [{ id: type.fields[0].id, type: 'text', textValue: { value: 'A1' } }],
		});
		expect(response.headers.get('date')).toBe(now.toUTCString());
		expect(response.body.data.updatedAtTime).toBe(now.toISOString());
		const window = (start: number, end: number) =>
			`/qualification-records/stream?entityType=worker&startTime=${new Date(start).toISOString()}` +
			`&endTime=${new Date(end).toISOString()}`;
		const within = await api.get(window(base + offset - 1000, base + offset + 1000));
		expect(ids(within.body.data)).toEqual([String(response.body.data.id)]);
		const elsewhere = await api.get(window(base - 1000, base + 1000));
		expect(elsewhere.body.data).toEqual([]);
		expect((await api.get('/nowhere')).headers.get('date')).toBe(now.toUTCString());
	});
});

describe('pagination', () => {
	const stream = '/qualification-records/stream?entityType=worker&startTime=2020-01-01T00:00:00Z';

	it.each([
		['cursor', true],
		['offset', false],
	] as const)('by %s: a change does not hide the next row: %s', async (pagination, isFound) => {
		const { settings, state } = api.simulator;
		Object.assign(settings, { pagination, pageSize: 5 });
		const path = `${stream}&endTime=2100-01-01T00:00:00Z`;
		const all = (await api.pages(path)).flat().map(({ id }) => String(id));
		expect(new Set(all).size).toBe(all.length);
		const first = (await api.get(path)).body;
		await api.control('POST', `/control/records/${all[0]}`, {});
		const next = await api.get(`${path}&after=${String(first.pagination.endCursor)}`);
		expect(ids(next.body.data).includes(all[5])).toBe(isFound);
		expect(state.records.has(all[5])).toBe(true);
	});

	it('by offset also shifts other lists: a deletion hides a later row', async () => {
		const { settings, state } = api.simulator;
		settings.pagination = 'offset';
		const first = (await api.get('/fleet/trailers?limit=4')).body;
		const [deleted] = state.trailers.keys();
		state.trailers.delete(deleted);
		const path = `/fleet/trailers?limit=4&after=${String(first.pagination.endCursor)}`;
		expect(ids((await api.get(path)).body.data)[0]).toBe([...state.trailers.keys()][4]);
		expect(ids(first.data as JsonResponse)).not.toContain([...state.trailers.keys()][3]);
	});

	it('by offset returns later changes of a stream without an end time', async () => {
		api.simulator.settings.pagination = 'offset';
		const first = (await api.get(stream)).body;
		expect(first.pagination.hasNextPage).toBe(true);
		const after = `${stream}&after=${String(first.pagination.endCursor)}`;
		expect((await api.get(after)).body.data).toEqual([]);
	});
});

describe('repeatEntries', () => {
	it('repeats entries within a page and across pages, and ends', async () => {
		const { settings, state } = api.simulator;
		const path = '/fleet/trailers?limit=4';
		const once = (await api.pages(path)).flat().map(({ id }) => String(id));
		settings.repeatEntries = true;
		for (const pagination of ['cursor', 'offset'] as const) {
			settings.pagination = pagination;
			const pages = (await api.pages(path)).map(ids);
			expect(pages[0]).toEqual([...once.slice(0, 4), once[3]]);
			expect(pages[1][0]).toBe(once[3]);
			expect([...new Set(pages.flat())]).toEqual(once);
		}
		expect([...new Set((await api.pages('/fleet/trailers?limit=1')).flatMap(ids))]).toEqual(once);
		const types = await api.get('/qualification-types?entityType=worker');
		expect(ids(types.body.data)).toHaveLength(new Set(ids(types.body.data)).size + 1);
		const [record] = state.records.keys();
		const records = await api.get(`/qualification-records?ids=${record}`);
		expect(ids(records.body.data)).toEqual([record, record]);
	});
});

describe('emptyBody', () => {
	it.each([
		['""', 'application/json'],
		['null', 'application/json'],
		['true', 'application/json'],
		['OK', 'text/plain'],
	])('responds with %s to archiving and deleting', async (emptyBody, type) => {
		const { settings, state } = api.simulator;
		settings.emptyBody = emptyBody;
		const [record] = state.records.values();
		const [attribute] = state.attributes.values();
		const trailer = [...state.trailers.keys()][0];
		const body = { id: record.id };
		const responses = [
			await api.send('POST', '/qualification-records/archive', body),
			await api.send('POST', '/qualification-records/unarchive', body),
			await api.send('DELETE', '/qualification-records', body),
			await api.send('DELETE', `/fleet/trailers/${trailer}`),
			await api.send('DELETE', `/attributes/${attribute.id}?entityType=${attribute.entityType}`),
		];
		for (const response of responses) {
			expect([response.status, response.text]).toEqual([200, emptyBody]);
			expect(response.headers.get('content-type')).toContain(type);
		}
		expect(record.recordStatus).toBe('deleted');
		expect(state.trailers.has(trailer)).toBe(false);
		expect((await api.send('DELETE', '/qualification-records', body)).status).toBe(404);
	});
});

describe('externalIdRemoval', () => {
	const changes = {
		empty: { kept: '1', key: '' },
		null: { kept: '1', key: null },
		omission: { kept: '1' },
	};

	it.each([
		['any', ['empty', 'null']],
		['empty', ['empty']],
		['null', ['null']],
		['literal', ['null']],
		['omission', ['omission']],
		['never', []],
	] as const)('%s: an external ID is removed by %j', async (removal, ways) => {
		const { settings, state } = api.simulator;
		settings.externalIdRemoval = removal;
		const [driver] = state.drivers.values();
		const [vehicle] = state.vehicles.values();
		const [machine] = state.equipment.values();
		for (const [way, externalIds] of Object.entries(changes)) {
			for (const [entity, path] of [
				[driver, '/fleet/drivers'],
				[vehicle, '/fleet/vehicles'],
				[machine, '/beta/fleet/equipment'],
			] as const) {
				entity.externalIds = { 'samsara.serial': `S-${entity.id}`, key: `K-${entity.id}` };
				const { status } = await api.send('PATCH', `${path}/${entity.id}`, {
					externalIds: { ...externalIds, kept: entity.id },
				});
				const isRemoved = !('key' in entity.externalIds);
				expect([way, isRemoved]).toEqual([way, ways.includes(way as never)]);
				if (status === 200) expect(entity.externalIds.kept).toBe(entity.id);
				expect(entity.externalIds['samsara.serial']).toBe(`S-${entity.id}`);
				await api.send('PATCH', `${path}/${entity.id}`, { notes: 'x' });
				expect('key' in entity.externalIds).toBe(!isRemoved);
			}
		}
	});
});
