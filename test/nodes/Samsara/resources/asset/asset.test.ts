import { bySdk, recorded } from '../../../../oracle';
import { itemsOf } from '../../../../samsara';
import { startSimulator, type AssetType, type Simulator } from '../../../../simulator/index.mts';
import {
	attributesOf,
	calls,
	entitiesOf,
	form,
	pick,
	rowsFrom,
	run,
} from '../shared/attributeEntities';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator({ records: 0, otherAssets: 4 });
});
afterEach(async () => await sim.close());

const TYPES: AssetType[] = ['equipment', 'trailer', 'uncategorized', 'unpowered', 'vehicle'];

const external = { externalIds: { ids: [{ key: 'assetNumber', value: 'A-1' }] } };
const found = () => sim.state.allAssets().filter(({ name }) => name === 'Asset 7');
const posts = () => sim.requests.filter(({ method }) => method === 'POST');
const writes = () => sim.requests.filter(({ method }) => method !== 'GET');
const ofType = (type: AssetType) => sim.state.allAssets().filter((asset) => asset.type === type);

describe.each(['complete', 'bare'] as const)('with responses that are %s', (assetResponses) => {
	beforeEach(() => {
		sim.settings.assetResponses = assetResponses;
	});

	it.each(TYPES)('creates, changes and deletes an asset of the type %s', async (type) => {
		const [created] = await rowsFrom(sim, 'asset', 'create', {
			type,
			name: ' Asset 7 ',
			attributes: form(sim, 'asset', { 'Lease End': '2027-01-15', Permits: 'oversize' }),
			additionalFields: { ...external, make: 'Bobcat', year: 2020, tagIds: ['Long Haul'] },
		});
		expect(created).toMatchObject({
			type,
			name: 'Asset 7',
			make: 'Bobcat',
			year: '2020',
			tags: 'Long Haul',
			externalIds: 'assetNumber:A-1',
			Permits: 'Oversize',
			'Lease End': '2027-01-15',
		});
		const [{ id }] = found();
		expect(created.id).toBe(id);

		const [set] = await rowsFrom(sim, 'asset', 'setAttributes', {
			...pick('asset', 'assetNumber:A-1'),
			attributes: form(sim, 'asset', { 'Parking Spot': 'Dock 9' }),
		});
		expect(set).toMatchObject({ Permits: 'Oversize', 'Parking Spot': 'Dock 9', make: 'Bobcat' });

		const [updated] = await rowsFrom(sim, 'asset', 'update', {
			...pick('asset', 'assetNumber:A-1'),
			updateFields: { notes: 'Seen', clearFields: ['make'] },
		});
		expect(updated).toMatchObject({ ...set, notes: 'Seen', make: null });
		expect(attributesOf(sim, 'asset', id)).toEqual({
			'Lease End': ['2027-01-15'],
			Permits: ['Oversize'],
			'Parking Spot': ['Dock 9'],
		});
		expect(await rowsFrom(sim, 'asset', 'get', pick('asset', id))).toEqual([updated]);

		const deleted = await rowsFrom(sim, 'asset', 'delete', pick('asset', 'assetNumber:A-1'));
		expect(deleted).toEqual([{ deleted: true }]);
		expect(found()).toEqual([]);
		const { error } = await run(sim, 'asset', 'get', pick('asset', id));
		expect(error?.message).toBe(`Samsara has no asset with the ID '${id}' [item 0]`);
	});

	it('keeps what several items set on one asset', async () => {
		const [{ id, externalIds }] = ofType('unpowered');
		const before = attributesOf(sim, 'asset', id);
		const [[key, value]] = Object.entries(externalIds);
		await rowsFrom(
			sim,
			'asset',
			'setAttributes',
			{
				...pick('asset', '={{ $json.id }}'),
				attributes: { mappingMode: 'autoMapInputData', value: null },
			},
			{
				items: itemsOf(
					{ id, 'Parking Spot': 'Dock 1' },
					{ id: `${key}:${value}`, 'Ownership Type': 'Leased' },
					{ id, Permits: 'Oversize' },
				),
			},
		);
		expect(attributesOf(sim, 'asset', id)).toEqual({
			...before,
			'Parking Spot': ['Dock 1'],
			'Ownership Type': ['Leased'],
			Permits: ['Oversize'],
		});
	});

	it('is written even if what the response leaves out cannot be read', async () => {
		sim.settings.scopes = ['Write Assets', 'Read Attributes'];
		const [row] = await rowsFrom(sim, 'asset', 'create', { type: 'vehicle', name: 'Asset 7' });
		expect(row).toMatchObject({ name: 'Asset 7', type: 'vehicle', id: found()[0].id });
	});
});

it('changes the type, and nothing else', async () => {
	const [asset] = ofType('uncategorized');
	const before = structuredClone(asset);
	await rowsFrom(sim, 'asset', 'update', {
		...pick('asset', asset.id),
		updateFields: { type: 'equipment' },
	});
	expect(writes().map(({ body }) => body)).toEqual([{ type: 'equipment' }]);
	expect(sim.state.equipment.get(asset.id)).toEqual({
		...before,
		type: 'equipment',
		updatedAtTime: asset.updatedAtTime,
	});
});

it('clears attributes and tags, and only those', async () => {
	const [{ id, externalIds }] = ofType('vehicle');
	await rowsFrom(sim, 'asset', 'update', {
		...pick('asset', id),
		updateFields: { clearFields: ['tagIds'] },
	});
	expect(writes()[0].body).toEqual({ tagIds: [] });
	const { Permits: cleared, ...others } = attributesOf(sim, 'asset', id);
	expect(cleared).toBeDefined();
	await rowsFrom(sim, 'asset', 'setAttributes', { ...pick('asset', id), clear: ['Permits'] });
	expect(attributesOf(sim, 'asset', id)).toEqual(others);
	expect(sim.state.vehicles.get(id)).toMatchObject({ tagIds: [], externalIds });
});

it.each([true, false])('keeps attributes if GET /assets returns them: %s', async (returned) => {
	sim.settings.assetAttributes = returned;
	const ids = ofType('vehicle').map(({ id }) => id);
	const before = ids.map((id) => attributesOf(sim, 'asset', id));
	await rowsFrom(
		sim,
		'asset',
		'setAttributes',
		{
			...pick('asset', '={{ $json.id }}'),
			attributes: form(sim, 'asset', { 'Parking Spot': 'Dock 9' }),
		},
		{ items: itemsOf(...ids.map((id) => ({ id }))) },
	);
	expect(ids.map((id) => attributesOf(sim, 'asset', id))).toEqual(
		before.map((values) => ({ ...values, 'Parking Spot': ['Dock 9'] })),
	);
});

it.each([true, false])(
	'keeps what an earlier item has set, if GET /assets returns attributes: %s',
	async (returned) => {
		sim.settings.assetAttributes = returned;
		await rowsFrom(
			sim,
			'asset',
			'create',
			{
				type: 'unpowered',
				name: 'Asset 7',
				attributes: { mappingMode: 'autoMapInputData', value: null },
				additionalFields: external,
				options: { ifExists: 'update' },
			},
			{
				items: itemsOf(
					{ 'Parking Spot': 'Dock 1' },
					{ 'Ownership Type': 'Leased' },
					{ Permits: 'Oversize' },
				),
			},
		);
		const [{ id }] = found();
		expect(attributesOf(sim, 'asset', id)).toEqual({
			'Parking Spot': ['Dock 1'],
			'Ownership Type': ['Leased'],
			Permits: ['Oversize'],
		});
	},
);

describe('IDs', () => {
	beforeEach(() => {
		sim.settings.externalIdsEverywhere = false;
	});

	it.each(['update', 'setAttributes', 'delete'])(
		'%s looks an external ID up, because writes may not accept it',
		async (operation) => {
			const [asset] = ofType('unpowered');
			const [[key, value]] = Object.entries(asset.externalIds);
			await rowsFrom(sim, 'asset', operation, {
				...pick('asset', `${key}:${value}`),
				updateFields: { notes: 'Seen' },
				attributes: form(sim, 'asset', { Permits: 'Oversize' }),
			});
			expect(writes().map(({ query }) => query)).toEqual([`id=${asset.id}`]);
		},
	);

	it('changes nothing if Samsara returns another asset', async () => {
		const [asset] = ofType('unpowered');
		for (const operation of ['update', 'setAttributes', 'delete']) {
			sim.faults.add({
				kind: 'status',
				status: 200,
				method: 'GET',
				path: '/assets',
				body: { data: [{ id: asset.id, name: asset.name }] },
			});
			const { error } = await run(sim, 'asset', operation, {
				...pick('asset', 'assetNumber:NONE'),
				updateFields: { notes: 'Seen' },
				attributes: form(sim, 'asset', { Permits: 'Oversize' }),
			});
			expect(error?.message).toContain("Samsara has no asset with the ID 'assetNumber:NONE'");
		}
		expect(writes()).toEqual([]);
	});

	it('reads 100 assets in one request, and says which one Samsara does not have', async () => {
		const ids = sim.state.allAssets().map(({ id }) => id);
		const { output } = await run(sim, 'asset', 'get', pick('asset', '={{ $json.id }}'), {
			items: itemsOf(...ids.map((id) => ({ id })), { id: '404' }),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(output.map(({ json }) => json.id)).toEqual([...ids, undefined]);
		expect(output.at(-1)?.json.error).toContain("Samsara has no asset with the ID '404'");
		expect(calls(sim).filter((call) => call.startsWith('GET /assets'))).toHaveLength(1);
	});

	it('reads the others if Samsara refuses one ID', async () => {
		const [one, two] = ofType('vehicle');
		const refusal = { kind: 'status', status: 400, path: '/assets', times: 2 } as const;
		sim.faults.add({ ...refusal, body: { message: 'ids: invalid' } });
		const { output } = await run(sim, 'asset', 'get', pick('asset', '={{ $json.id }}'), {
			items: itemsOf({ id: one.id }, { id: two.id }),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(output.map(({ json }) => json.id)).toEqual([undefined, two.id]);
		expect(output[0].json.error).toBe('ids: invalid [item 0]');
	});
});

describe('create', () => {
	it("sends the same request as the vendor's SDK", async () => {
		const body = { type: 'vehicle', name: 'Asset 7', notes: 'n', year: 2020 } as const;
		const theirs = await bySdk(sim, async (sdk) => await sdk.assets.createAsset(body));
		const ours = await recorded(sim, async () =>
			rowsFrom(sim, 'asset', 'create', {
				type: 'vehicle',
				name: 'Asset 7',
				additionalFields: { notes: 'n', year: 2020 },
				simplify: false,
			}),
		);
		expect(ours).toEqual(theirs);
	});

	it.each([true, false])('creates one if the response is lost (created: %s)', async (applied) => {
		sim.faults.add({ kind: 'reset', method: 'POST', path: '/assets', applied });
		const [row] = await rowsFrom(sim, 'asset', 'create', {
			type: 'trailer',
			name: 'Asset 7',
			additionalFields: external,
		});
		expect(found().map(({ id }) => id)).toEqual([row.id]);
		expect(posts()).toHaveLength(applied ? 1 : 2);
	});

	it('does not repeat the request without an external ID', async () => {
		sim.faults.add({ kind: 'reset', method: 'POST', path: '/assets', applied: true });
		const { error } = await run(sim, 'asset', 'create', { type: 'trailer', name: 'Asset 7' });
		expect(error?.message).toContain('may or may not have completed');
		expect(found()).toHaveLength(1);
	});

	const again = { type: 'unpowered', name: 'Asset 8', additionalFields: external };

	it.each(['any', 'omission'] as const)(
		'updates an existing one, and keeps what the item does not name (%s)',
		async (externalIdRemoval) => {
			sim.settings.externalIdRemoval = externalIdRemoval;
			const [asset] = ofType('unpowered');
			asset.externalIds = { assetNumber: 'A-1', badge: 'B-1' };
			sim.state.index(asset);
			const before = structuredClone(asset);
			const attributes = attributesOf(sim, 'asset', asset.id);
			const [row] = await rowsFrom(sim, 'asset', 'create', {
				...again,
				attributes: form(sim, 'asset', { 'Parking Spot': 'Dock 2' }),
				options: { ifExists: 'update' },
			});
			expect(row).toMatchObject({ id: asset.id, name: 'Asset 8' });
			const { tagIds, externalIds, details } = before;
			expect(asset).toMatchObject({ name: 'Asset 8', tagIds, externalIds, details });
			expect(attributesOf(sim, 'asset', asset.id)).toEqual({
				...attributes,
				'Parking Spot': ['Dock 2'],
			});
			expect(posts()).toEqual([]);
		},
	);

	it('makes no trailer of a vehicle that has the external ID', async () => {
		const [vehicle] = ofType('vehicle');
		vehicle.externalIds = { assetNumber: 'A-1' };
		sim.state.index(vehicle);
		const parameters = { ...again, type: 'trailer', options: { ifExists: 'update' } };
		const { error } = await run(sim, 'asset', 'create', parameters);
		expect(error?.message).toBe(
			"'Type' is 'trailer', but the asset with this external ID is 'vehicle' [item 0]",
		);
		expect(writes()).toEqual([]);
		const [row] = await rowsFrom(sim, 'asset', 'create', {
			...parameters,
			options: { ifExists: 'skip' },
		});
		expect(row.id).toBe(vehicle.id);
	});

	it.each<[object, string]>([
		[{ type: 'boat', name: 'x' }, "'Type' is 'boat', which is not one of its choices"],
		[{ type: 'vehicle', name: ' ' }, "'Name' is empty"],
		[
			{ type: 'vehicle', name: 'x', additionalFields: { year: 'new' } },
			"'Year' must be a whole number of 0 or more, but is 'new'",
		],
		[
			{ type: 'vehicle', name: 'x', options: { ifExists: 'skip' } },
			"'If It Exists' needs an external ID to find the asset",
		],
	])('refuses %j without a request', async (parameters, message) => {
		const { error } = await run(sim, 'asset', 'create', { ...parameters });
		expect(error?.message).toContain(message);
		expect(sim.requests).toEqual([]);
	});
});

it('treats a repeated delete with the response 404 as success', async () => {
	const [{ id }] = ofType('unpowered');
	sim.faults.add({ kind: 'reset', method: 'DELETE', applied: true });
	expect(await rowsFrom(sim, 'asset', 'delete', pick('asset', id))).toEqual([{ deleted: true }]);
	expect(entitiesOf(sim, 'asset').some((asset) => asset.id === id)).toBe(false);
});
