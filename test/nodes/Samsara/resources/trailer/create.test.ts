import { bySdk, recorded } from '../../../../oracle';
import { itemsOf } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	calls,
	entitiesOf,
	form,
	attributesOf,
	pick,
	rowsFrom,
	run,
} from '../shared/attributeEntities';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator({ records: 0 });
});
afterEach(async () => await sim.close());

const external = { externalIds: { ids: [{ key: 'assetNumber', value: 'T-1' }] } };
const found = () => entitiesOf(sim, 'trailer').filter(({ name }) => name === 'Trailer 7');
const posts = () => sim.requests.filter(({ method }) => method === 'POST');

it('creates a trailer with attributes, including dates', async () => {
	const [row] = await rowsFrom(sim, 'trailer', 'create', {
		name: ' Trailer 7 ',
		additionalFields: { ...external, licensePlate: 'TR1', enabledForMobile: false },
		attributes: form(sim, 'trailer', { 'Lease End': '2027-01-15', Permits: 'oversize' }),
	});
	const [{ id }] = found();
	expect(row).toMatchObject({ id, name: 'Trailer 7', licensePlate: 'TR1', Permits: 'Oversize' });
	expect(attributesOf(sim, 'trailer', id)).toEqual({
		'Lease End': ['2027-01-15'],
		Permits: ['Oversize'],
	});
	expect(posts()).toHaveLength(1);
});

it("sends the same request as the vendor's SDK", async () => {
	const body = { name: 'Trailer 7', notes: 'n' };
	const theirs = await bySdk(sim, async (sdk) => await sdk.trailers.createTrailer(body));
	const ours = await recorded(sim, async () =>
		rowsFrom(sim, 'trailer', 'create', {
			name: 'Trailer 7',
			additionalFields: { notes: 'n' },
			simplify: false,
		}),
	);
	expect(ours).toEqual(theirs);
});

it.each([true, false])(
	'creates one trailer if the response is lost (created: %s)',
	async (applied) => {
		sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/trailers', applied });
		const [row] = await rowsFrom(sim, 'trailer', 'create', {
			name: 'Trailer 7',
			additionalFields: external,
		});
		expect(found().map(({ id }) => id)).toEqual([row.id]);
		expect(posts()).toHaveLength(applied ? 1 : 2);
	},
);

it('does not repeat the request without an external ID, and says that the outcome is uncertain', async () => {
	sim.faults.add({ kind: 'reset', method: 'POST', path: '/fleet/trailers', applied: true });
	const { error } = await run(sim, 'trailer', 'create', { name: 'Trailer 7' });
	expect(error?.message).toContain('may or may not have completed');
	expect(found()).toHaveLength(1);
});

it('keeps what several items set that name one trailer by different external IDs', async () => {
	const [trailer] = entitiesOf(sim, 'trailer');
	trailer.externalIds = { assetNumber: 'T-1', maintenanceId: '1' };
	const before = attributesOf(sim, 'trailer', trailer.id);
	await rowsFrom(
		sim,
		'trailer',
		'create',
		{
			name: trailer.name,
			attributes: { mappingMode: 'autoMapInputData', value: null },
			additionalFields: {
				externalIds: { ids: [{ key: '={{ $json.key }}', value: '={{ $json.of }}' }] },
			},
			options: { ifExists: 'update' },
		},
		{
			items: itemsOf(
				{ key: 'maintenanceId', of: '1', 'Parking Spot': 'Dock 1' },
				{ key: 'assetNumber', of: 'T-1', Permits: 'Oversize' },
			),
		},
	);
	expect(attributesOf(sim, 'trailer', trailer.id)).toEqual({
		...before,
		'Parking Spot': ['Dock 1'],
		Permits: ['Oversize'],
	});
});

it('does not return a trailer from before as created', async () => {
	const [trailer] = entitiesOf(sim, 'trailer');
	trailer.externalIds = { assetNumber: 'T-1' };
	const before = structuredClone(trailer);
	sim.faults.add({ kind: 'status', status: 503, method: 'POST', applied: false, times: 9 });
	for (const changes of [
		{ attributes: form(sim, 'trailer', { 'Parking Spot': 'Dock 99' }) },
		{ additionalFields: { ...external, licensePlate: 'OTHER' } },
	]) {
		const { error } = await run(sim, 'trailer', 'create', {
			name: trailer.name,
			additionalFields: external,
			...changes,
		});
		expect(error?.message).toContain('may or may not have completed');
	}
	expect(trailer).toEqual(before);
});

it('skips or updates an existing trailer', async () => {
	const attributes = form(sim, 'trailer', { Permits: 'Oversize', 'Parking Spot': 'Dock 1' });
	await rowsFrom(sim, 'trailer', 'create', {
		name: 'Trailer 7',
		additionalFields: external,
		attributes,
	});
	const again = {
		name: 'Trailer 7b',
		additionalFields: external,
		attributes: form(sim, 'trailer', { 'Parking Spot': 'Dock 2' }),
	};
	const [{ id }] = found();
	const [skipped] = await rowsFrom(sim, 'trailer', 'create', {
		...again,
		options: { ifExists: 'skip' },
	});
	expect(skipped).toMatchObject({ id, name: 'Trailer 7', 'Parking Spot': 'Dock 1' });
	const [updated] = await rowsFrom(sim, 'trailer', 'create', {
		...again,
		options: { ifExists: 'update' },
	});
	expect(updated).toMatchObject({ id, name: 'Trailer 7b' });
	expect(attributesOf(sim, 'trailer', id)).toEqual({
		Permits: ['Oversize'],
		'Parking Spot': ['Dock 2'],
	});
});

it('updates no trailer without the external ID, even if Samsara responds with one', async () => {
	const [other] = entitiesOf(sim, 'trailer');
	sim.faults.add({
		kind: 'status',
		status: 200,
		method: 'GET',
		path: '/fleet/trailers/assetNumber%3AT-1',
		body: { data: { id: other.id, name: other.name } },
	});
	const [row] = await rowsFrom(sim, 'trailer', 'create', {
		name: 'Trailer 7',
		additionalFields: external,
		options: { ifExists: 'update' },
	});
	expect(found().map(({ id }) => id)).toEqual([row.id]);
	expect(row.id).not.toBe(other.id);
});

it('refuses external IDs that belong to two trailers', async () => {
	const [one, two] = sim.state.trailers.values();
	one.externalIds = { assetNumber: 'A-1' };
	two.externalIds = { plate: 'B-1' };
	for (const trailer of [one, two]) sim.state.index(trailer);
	const ids = [
		{ key: 'assetNumber', value: 'A-1' },
		{ key: 'plate', value: 'B-1' },
	];
	const { error } = await run(sim, 'trailer', 'create', {
		name: 'Trailer 7',
		additionalFields: { externalIds: { ids } },
		options: { ifExists: 'update' },
	});
	expect(error?.message).toContain(`in Samsara, ${one.id} and ${two.id}`);
	expect(sim.requests.every(({ method }) => method === 'GET')).toBe(true);
});

it("refuses an invalid 'If It Exists'", async () => {
	const { error } = await run(sim, 'trailer', 'create', {
		name: 'Trailer 7',
		additionalFields: external,
		options: { ifExists: '={{ "replace" }}' },
	});
	expect(error?.message).toContain("'If It Exists' is 'replace'");
	expect(calls(sim)).toEqual([]);
});

it("refuses 'If It Exists' without an external ID", async () => {
	const { error } = await run(sim, 'trailer', 'create', {
		name: 'Trailer 7',
		options: { ifExists: 'skip' },
	});
	expect(error?.message).toContain("'If It Exists' needs an external ID");
	expect(calls(sim)).toEqual([]);
});

it('deletes trailers, and says which one does not exist', async () => {
	const [one, two] = entitiesOf(sim, 'trailer');
	const { output } = await run(sim, 'trailer', 'delete', pick('trailer', '={{ $json.id }}'), {
		items: itemsOf({ id: one.id }, { id: '404' }, { id: 'assetNumber:T-5302' }),
		settings: { onError: 'continueRegularOutput' },
	});
	expect(output.map(({ json }) => json.deleted)).toEqual([true, undefined, true]);
	expect(output[1].json.error).toContain('404');
	expect(sim.state.trailers.has(one.id) || sim.state.trailers.has(two.id)).toBe(false);
});

it('treats a repeated delete with the response 404 as success', async () => {
	const [{ id }] = entitiesOf(sim, 'trailer');
	sim.faults.add({ kind: 'reset', method: 'DELETE', applied: true });
	const rows = await rowsFrom(sim, 'trailer', 'delete', pick('trailer', id));
	expect(rows).toEqual([{ deleted: true }]);
});
