import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Asset, type Simulator } from '../../../../simulator/index.mts';
import { attributeNamed, attributesOf, calls, rowsFrom, run } from '../shared/attributeEntities';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ records: 0, otherAssets: 6, vehicles: 40, pageSize: 20 });
});
beforeEach(() => {
	sim.reset();
	Object.assign(sim.settings, { assetAttributes: true, nulls: 'none' });
});
afterAll(async () => await sim.close());

const all = () => sim.state.allAssets();
const conditions = (...rows: INodeParameters[]) => ({ attributes: { conditions: rows } });

async function idsOf(filters: INodeParameters, more: INodeParameters = { returnAll: true }) {
	const rows = await rowsFrom(sim, 'asset', 'getAll', { ...more, filters });
	return rows.map(({ id }) => id);
}

async function expectOnly(filters: INodeParameters, matches: (asset: Asset) => boolean) {
	const expected = all().filter(matches);
	expect(expected.length).toBeGreaterThan(0);
	expect(expected.length).toBeLessThan(all().length);
	expect(await idsOf(filters)).toEqual(expected.map(({ id }) => id));
}

it('returns all assets of all types, page by page', async () => {
	expect(await idsOf({})).toEqual(all().map(({ id }) => id));
	expect(calls(sim).filter((call) => call.startsWith('GET /assets'))).toHaveLength(4);
});

it.each(['equipment', 'trailer', 'uncategorized', 'unpowered', 'vehicle'])(
	'returns assets of the type %s',
	async (type) => await expectOnly({ type }, (asset) => asset.type === type),
);

it('returns assets with a tag, also with its child tags', async () => {
	await expectOnly({ tagIds: ['North Depot'] }, ({ tagIds }) => tagIds.includes('4029136'));
	await expectOnly({ parentTagIds: ['North Region'] }, ({ tagIds }) =>
		tagIds.some((id) => ['4029135', '4029136', '4029137'].includes(id)),
	);
});

it('returns assets with external IDs, each once, in more than one request if they are many', async () => {
	const some = all().slice(3, 6);
	const ids = some.flatMap(({ externalIds }) =>
		Object.entries(externalIds).map((pair) => pair.join(':')),
	);
	const unknown = Array.from({ length: 120 }, (_, index) => `assetNumber:NONE${index}`);
	const externalIds = [...ids, ...unknown, ids[0]].join(', ');
	expect(await idsOf({ externalIds })).toEqual(some.map(({ id }) => id));
	expect(calls(sim).filter((call) => call.startsWith('GET /assets'))).toHaveLength(2);
	expect(await idsOf({ externalIds }, { limit: 2 })).toEqual(some.slice(0, 2).map(({ id }) => id));
	expect(await idsOf({ externalIds: 'assetNumber:NONE' })).toEqual([]);
});

it('returns assets that changed since a time', async () => {
	const time = [...all()].map(({ updatedAtTime }) => updatedAtTime).sort()[20];
	await expectOnly({ updatedAfterTime: time }, (asset) => asset.updatedAtTime >= time);
});

it('returns assets with an allowed value', async () => {
	const [{ id, stringValue }] = attributeNamed(sim, 'asset', 'Permits').values;
	await expectOnly({ attributeValueIds: [id] }, (asset) =>
		(attributesOf(sim, 'asset', asset.id).Permits ?? []).includes(stringValue),
	);
});

describe('by attribute values', () => {
	const length = (asset: Asset) => Number(attributesOf(sim, 'asset', asset.id)['Vehicle Length']);
	const between = (from: string, to: string) =>
		conditions({ attribute: 'Vehicle Length', condition: 'between', from, to });

	it.each([
		['30', '50'],
		['40', ''],
		['', '40'],
	])('lets Samsara look for a range from %j to %j', async (from, to) => {
		await expectOnly(
			between(from, to),
			(asset) => length(asset) >= Number(from) && length(asset) <= Number(to || Infinity),
		);
		const list = calls(sim).find((call) => call.startsWith('GET /assets'));
		expect(list).toContain(`attributes=Vehicle Length:range(${from},${to})`);
	});

	const permits = conditions({ attribute: 'Permits', condition: 'is', value: 'oversize' });
	const isOversize = (asset: Asset) =>
		(attributesOf(sim, 'asset', asset.id).Permits ?? []).includes('Oversize');

	it.each(['none', 'missing', 'null', 'empty'] as const)(
		'checks a value itself, since Samsara finds ranges only (missing values: %s)',
		async (nulls) => {
			Object.assign(sim.settings, { nulls });
			await expectOnly(permits, isOversize);
			expect(await idsOf({ ...permits, type: 'vehicle' }, { limit: 2 })).toHaveLength(2);
		},
	);

	it('says so if Samsara returns no attributes, rather than that there is no match', async () => {
		sim.settings.assetAttributes = false;
		const { error } = await run(sim, 'asset', 'getAll', { returnAll: true, filters: permits });
		expect(error?.message).toBe(
			"'Attribute Values' has a condition on 'Permits', but Samsara returns assets without attributes [item 0]",
		);
	});

	it('returns nothing if no asset has the attribute', async () => {
		sim.settings.nulls = 'missing';
		for (const asset of all()) {
			if (asset.type === 'unpowered') asset.attributes = [];
		}
		expect(await idsOf({ ...permits, type: 'unpowered' })).toEqual([]);
	});
});

it.each<[object, string]>([
	[{ externalIds: 'T-5301' }, "'External IDs' has 'T-5301', which is not an external ID"],
	[{ externalIds: ['a:1,b:2'] }, "'External IDs' has 'a:1,b:2', which is not an external ID"],
	[{ type: 'boat' }, "'Type' is 'boat', which is not one of its choices"],
	[{ updatedAfterTime: 'soon' }, "'Updated After' is 'soon', which is not a valid date"],
])('refuses %j without a request', async (filters, message) => {
	const { error } = await run(sim, 'asset', 'getAll', { filters: { ...filters } });
	expect(error?.message).toContain(message);
	expect(sim.requests).toEqual([]);
});
