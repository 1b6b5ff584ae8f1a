import { simulated } from './client.mts';
import type { JsonResponse, Client } from './client.mts';

let api: Client;
let driver: string;

beforeEach(async () => {
	api = await simulated({ records: 0 });
	driver = [...api.simulator.state.drivers.keys()][20];
	for (const entity of api.simulator.state.drivers.values()) entity.attributes = [];
});

afterEach(() => api.simulator.close());

async function create(attribute: Record<string, unknown>): Promise<JsonResponse> {
	const { status, body, text } = await api.send('POST', '/attributes', {
		entityType: 'driver',
		...attribute,
	});
	if (status !== 200) throw new Error(text);
	return body.data;
}

const colors = { name: 'Color', attributeType: 'multi-select', stringValues: ['red', 'blue'] };

describe('definitions', () => {
	it('are returned with value IDs, units and null lists', async () => {
		const select = await create(colors);
		expect(select).toMatchObject({ stringValues: ['red', 'blue'], entities: [] });
		expect(select.values[0].stringValue).toBe('red');
		const length = await create({ name: 'Length', attributeType: 'number', unit: 'FOOT' });
		expect(length.unit).toBe('FOOT');
		const text = await create({ name: 'Note', attributeType: 'text' });
		expect(text).toMatchObject({ stringValues: null, numberValues: null, values: null });
		const pages = await api.pages('/attributes?entityType=driver&limit=4');
		expect(pages.flat().find(({ id }) => id === text.id)).not.toHaveProperty('entities');
	});

	it('of the legacy contract are returned in the legacy format', async () => {
		const legacy = await create({
			name: 'Legacy',
			attributeType: 'string',
			attributeValueQuantity: 'single',
			stringValues: ['Class A', 'Class B'],
			entities: [{ entityId: driver, stringValues: ['Class A'] }],
		});
		expect(legacy).toEqual({
			id: legacy.id,
			name: 'Legacy',
			entityType: 'driver',
			attributeType: 'string',
			attributeValueQuantity: 'single',
			stringValues: ['Class A', 'Class B'],
			entities: [
				{
					entityId: driver,
					name: expect.any(String),
					externalIds: expect.any(Object),
					stringValues: ['Class A'],
				},
			],
		});
		const path = `/attributes/${String(legacy.id)}`;
		const change = { entityType: 'driver', attributeValueQuantity: 'multi' };
		expect((await api.send('PATCH', path, change)).status).toBe(200);
		const back = await api.send('PATCH', path, { ...change, attributeValueQuantity: 'single' });
		expect(back.status).toBe(400);
	});

	it.each([
		[{ ...colors, name: 'x'.repeat(191) }],
		[{ ...colors, name: 'License Class' }],
		[{ name: 'Many', attributeType: 'multi-select', stringValues: strings(1001) }],
		[{ ...colors, unit: 'FOOT' }],
		[{ ...colors, attributeType: 'string' }],
		[{ ...colors, attributeType: 'number', attributeValueQuantity: 'single' }],
		[{ ...colors, dateValues: ['2025-01-01'] }],
		[{ ...colors, entities: [{ entityId: '1', stringValues: ['red'] }] }],
	])('are rejected if invalid: %#', async (attribute) => {
		const count = api.simulator.state.attributes.size;
		const body = { entityType: 'driver', ...attribute };
		expect((await api.send('POST', '/attributes', body)).status).toBe(400);
		expect(api.simulator.state.attributes.size).toBe(count);
	});

	it('cannot change their type or unit, and are found only with the right entity type', async () => {
		const { id } = await create(colors);
		const path = `/attributes/${String(id)}`;
		const patch = async (body: object) =>
			(await api.send('PATCH', path, { entityType: 'driver', ...body })).status;
		expect(await patch({ attributeType: 'text' })).toBe(400);
		expect(await patch({ unit: 'FOOT' })).toBe(400);
		expect(await patch({ name: 'Truck Color' })).toBe(200);
		expect((await api.get(`${path}?entityType=asset`)).status).toBe(404);
		expect((await api.get(path)).status).toBe(400);
	});

	it('are limited to 1000, with the message of the API', async () => {
		const { attributes } = api.simulator.state;
		const [template] = attributes.values();
		for (let number = attributes.size; number < 1000; number += 1) {
			attributes.set(`a${number}`, { ...template, id: `a${number}`, name: `A ${number}` });
		}
		const response = await api.send('POST', '/attributes', { entityType: 'driver', ...colors });
		expect([response.status, response.body.message]).toEqual([400, 'Configuration limit exceeded']);
	});

	it('are deleted with all assignments, and a 204 without a body', async () => {
		const { id } = await create({
			...colors,
			entities: [{ entityId: driver, stringValues: ['red'] }],
		});
		const path = `/attributes/${String(id)}`;
		expect((await api.send('DELETE', path)).status).toBe(400);
		const { status, text } = await api.send('DELETE', `${path}?entityType=driver`);
		expect([status, text]).toEqual([204, '']);
		expect(api.simulator.state.drivers.get(driver)?.attributes).toEqual([]);
	});
});

describe('entities of an attribute', () => {
	it('have entityId as a number with all digits', async () => {
		const big = '9007199254740993';
		const { id } = await create({
			...colors,
			entities: [{ externalIds: { payrollId: 'P10007' }, stringValues: ['red'] }],
		});
		const { text } = await api.get(`/attributes/${String(id)}?entityType=driver`);
		expect(text).toContain(`"entityId":${big},`);
		expect(String(JSON.parse(text).data.entities[0].entityId)).not.toBe(big);
	});

	it.each([
		['replace', ['green'], [1]],
		['merge', ['red', 'blue', 'green'], [0, 1]],
	] as const)('are changed by a PATCH with %s', async (mode, values, expected) => {
		api.simulator.settings.attributeEntities = mode;
		const [first, second] = api.simulator.state.drivers.keys();
		const { id } = await create({
			...colors,
			entities: [{ entityId: first, stringValues: ['red'] }],
		});
		const { body } = await api.send('PATCH', `/attributes/${String(id)}`, {
			entityType: 'driver',
			stringValues: ['green'],
			entities: [{ entityId: second, stringValues: ['green'] }],
		});
		expect(body.data.stringValues).toEqual(values);
		const drivers = [...api.simulator.state.drivers.values()];
		const assigned = drivers.flatMap((entity, position) =>
			entity.attributes.length > 0 ? [position] : [],
		);
		expect(assigned).toEqual(expected);
	});
});

function strings(count: number): string[] {
	return Array.from({ length: count }, (_, number) => `v${number}`);
}
