import { simulated } from './client.mts';
import type { JsonResponse, Client } from './client.mts';
import type { Settings } from './settings.mts';

let api: Client;
let driverPath: string;

beforeEach(async () => {
	api = await simulated({ records: 12 });
	const [bare] = api.simulator.state.drivers.values();
	Object.assign(bare, { tagIds: [], externalIds: {}, attributes: [] });
	driverPath = `/fleet/drivers/${bare.id}`;
});

afterEach(() => api.simulator.close());

const EMPTY_LIST = '/qualification-types?entityType=worker&ids=none';

/** Gets a path with this setting of `nulls`. */
async function read(mode: Settings['nulls'], path: string): Promise<JsonResponse> {
	api.simulator.settings.nulls = mode;
	const { body, status, text } = await api.get(path);
	if (status !== 200) throw new Error(text);
	return body;
}

describe.each([
	['empty', [], {}],
	['null', null, null],
	['missing', undefined, undefined],
] as const)('%s', (mode, list, map) => {
	it('lists and maps of an entity without tags, external IDs or attributes', async () => {
		const { tags, externalIds, attributes } = (await read(mode, driverPath)).data;
		expect([tags, externalIds, attributes]).toEqual([list, map, list]);
	});

	it('the lists of an attribute and of its values on an entity', async () => {
		const { state } = api.simulator;
		const date = state.attributeNamed('driver', 'Hire Date');
		const path = `/attributes/${date?.id}?entityType=driver`;
		const { entities } = (await read(mode, path)).data;
		expect(entities[0].dateValues).toEqual([expect.any(String)]);
		expect([entities[0].stringValues, entities[0].values]).toEqual([list, list]);
		const number = state.attributeNamed('driver', 'Years of Experience');
		const definition = (await read(mode, `/attributes/${number?.id}?entityType=driver`)).data;
		expect([definition.stringValues, definition.values]).toEqual([list, list]);
	});

	it('options and columns of a field without any, and the fields of a record', async () => {
		const [type] = (await read(mode, '/qualification-types?entityType=worker'))
			.data as unknown as JsonResponse[];
		expect([type.fields[0].options, type.fields[0].columns]).toEqual([list, list]);
		expect(type.fields[2].options).toHaveLength(4);
		const [record] = api.simulator.state.records.values();
		record.fields = [];
		const path = `/qualification-records?ids=${record.id}`;
		expect((await read(mode, path)).data[0].fields).toEqual(list);
		expect((await read(mode, path)).data[0]).not.toHaveProperty('externalIds');
		record.externalIds = {};
		const withIds = (await read(mode, `${path}&includeExternalIds=true`)).data[0];
		expect(withIds.externalIds).toEqual(map);
	});

	it('an empty list and the pagination of the last page', async () => {
		const body = await read(mode, EMPTY_LIST);
		expect(body.data).toEqual(list);
		const last = {
			empty: { endCursor: '', hasNextPage: false },
			null: { endCursor: null, hasNextPage: null },
			missing: undefined,
		};
		expect(body.pagination).toEqual(last[mode]);
		const first = await read(mode, '/fleet/drivers?limit=3');
		expect(first.pagination).toEqual({ endCursor: expect.any(String), hasNextPage: true });
	});

	it('does not change existing values', async () => {
		const paths = ['/fleet/drivers', '/assets?includeAttributes=true', '/fleet/vehicles'];
		for (const path of paths) {
			const original = (await read('none', path)).data as unknown as JsonResponse[];
			const changed = (await read(mode, path)).data as unknown as JsonResponse[];
			for (const [position, row] of changed.slice(1).entries()) {
				expect(row).toMatchObject(filledMembers(original[position + 1]));
			}
		}
	});

	it('does not change error responses', async () => {
		api.simulator.settings.nulls = mode;
		expect((await api.get('/fleet/drivers/1')).body).toEqual({
			message: expect.any(String),
			requestId: expect.any(String),
		});
	});
});

it('null also replaces the value objects of other types', async () => {
	const stream = '/qualification-records/stream?entityType=worker&startTime=2020-01-01T00:00:00Z';
	const records = (await read('null', stream)).data as unknown as JsonResponse[];
	for (const { fields } of records) {
		const texts = (fields as unknown as JsonResponse[]).filter(
			({ type }) => String(type) === 'text',
		);
		expect(texts.length).toBeGreaterThan(0);
		for (const field of texts) {
			expect(field).toMatchObject({ numberValue: null, checkBoxesValue: null, mediaList: null });
			expect(field.textValue.value).toEqual(expect.any(String));
		}
	}
});

it('keeps every digit of an entity ID', async () => {
	const attribute = api.simulator.state.attributeNamed('driver', 'License Class');
	const driver = api.simulator.state.drivers.get('9007199254740993');
	driver?.attributes.push({ attributeId: attribute?.id ?? '', stringValues: ['Class A'] });
	api.simulator.settings.nulls = 'null';
	const { text } = await api.get(`/attributes/${attribute?.id}?entityType=driver`);
	expect(text).toContain('"entityId":9007199254740993,');
});

/** The members that are neither empty nor null. */
function filledMembers(row: JsonResponse): Record<string, JsonResponse> {
	return Object.fromEntries(
		Object.entries(row).filter(
			([, value]) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0),
		),
	);
}
