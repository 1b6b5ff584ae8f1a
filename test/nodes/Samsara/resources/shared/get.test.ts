import { bySdk, recorded } from '../../../../oracle';
import { itemsOf, locator } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	calls,
	ATTRIBUTE_ENTITIES,
	entitiesOf,
	attributesOf,
	pick,
	rowsFrom,
	run,
	sdkIncludes,
	withoutIncludeAttributes,
} from './attributeEntities';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ records: 0 });
});
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

describe.each(ATTRIBUTE_ENTITIES)('%s', (resource) => {
	it('returns one flat row with attributes by name', async () => {
		const [{ id, name }] = entitiesOf(sim, resource);
		const [row] = await rowsFrom(sim, resource, 'get', pick(resource, id));
		expect(row).toMatchObject({ id, name });
		const attributes = attributesOf(sim, resource, id);
		expect(Object.keys(attributes).length).toBeGreaterThan(2);
		for (const [attribute, values] of Object.entries(attributes)) {
			expect(row[attribute]).toBe(values.length === 1 ? values[0] : values.join(', '));
		}
	});

	it('links each row to its item and says which ID does not exist', async () => {
		const [one, two] = entitiesOf(sim, resource);
		const { output } = await run(sim, resource, 'get', pick(resource, '={{ $json.id }}'), {
			items: itemsOf({ id: one.id }, { id: '404' }, { id: '' }, { id: two.id }),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(output.map(({ json }) => json.id)).toEqual([one.id, undefined, undefined, two.id]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(output[1].json.error).toContain('404');
		expect(output[2].json.error).toMatch(/is empty \[item 2\]$/);
	});

	it("sends the same request as the vendor's SDK", async () => {
		const [{ id }] = entitiesOf(sim, resource);
		const theirs = await bySdk(sim, async (sdk) => {
			if (resource === 'driver') await sdk.drivers.get({ id });
			if (resource === 'vehicle') await sdk.vehicles.get({ id });
			if (resource === 'trailer') await sdk.trailers.getTrailer({ id });
			if (resource === 'equipment') await sdk.equipment.getEquipment({ id });
			if (resource === 'asset') await sdk.assets.list({ ...sdkIncludes, ids: id });
		});
		const ours = await recorded(sim, async () =>
			rowsFrom(sim, resource, 'get', { ...pick(resource, id), simplify: false }),
		);
		expect(withoutIncludeAttributes(ours)).toEqual(theirs);
	});

	it.each(['../tags', '..', '?a=b', '%2F..%2Fme', 'a\r\nHost: x', '/me#', 'x'.repeat(10_000)])(
		'keeps %p in its path segment',
		async (id) => {
			for (const operation of ['get', 'update', 'setAttributes']) {
				await run(sim, resource, operation, {
					...pick(resource, id),
					updateFields: { name: 'X' },
					clear: [resource === 'driver' ? 'License Class' : 'Permits'],
				});
			}
			const routes = sim.requests.map(({ method, route }) => `${method} ${route}`);
			const base = `/fleet/${resource === 'equipment' ? resource : `${resource}s`}/:id`;
			const allowed = [`GET ${base}`, `PATCH ${base}`, `PATCH /beta${base}`];
			expect([...allowed, 'GET /attributes', 'GET /assets', 'PATCH /assets']).toEqual(
				expect.arrayContaining(routes),
			);
			for (const { path, route } of sim.requests) {
				expect(path.split('/')).toHaveLength(route.split('/').length);
			}
		},
	);
});

it.each(['driver', 'vehicle', 'trailer', 'asset'] as const)(
	'accepts an external ID of a %s',
	async (resource) => {
		const [{ id, externalIds }] = entitiesOf(sim, resource);
		const [[key, value]] = Object.entries(externalIds);
		const rows = await rowsFrom(sim, resource, 'get', {
			[`${resource}Id`]: locator(`${key}:${value}`, 'externalId'),
		});
		expect(rows[0].id).toBe(id);
	},
);

it('accepts the dashboard URL of a vehicle', async () => {
	const [{ id }] = entitiesOf(sim, 'vehicle');
	const url = `https://cloud.samsara.com/o/20936/devices/${id}/vehicle`;
	const rows = await rowsFrom(sim, 'vehicle', 'get', { vehicleId: locator(url, 'url') });
	expect(rows[0].id).toBe(id);
});

it('reads the attributes of many pieces of equipment with one request', async () => {
	const ids = entitiesOf(sim, 'equipment').map(({ id }) => id);
	await rowsFrom(sim, 'equipment', 'get', pick('equipment', '={{ $json.id }}'), {
		items: itemsOf(...ids.map((id) => ({ id }))),
	});
	expect(calls(sim).filter((call) => call.startsWith('GET /assets'))).toEqual([
		`GET /assets?type=equipment&includeAttributes=true&includeExternalIds=true&ids=${ids.join(',')}`,
	]);
});

it.each(ATTRIBUTE_ENTITIES)(
	'%s: refuses a name in place of an ID before any call',
	async (resource) => {
		const { error } = await run(sim, resource, 'get', pick(resource, 'Tyler Freckmann'));
		const label = resource[0].toUpperCase() + resource.slice(1);
		expect(error).toMatchObject({
			message: `'${label}' is 'Tyler Freckmann', which is not an ID [item 0]`,
			description: `Pick one from the list, or map an ID or an external ID like payrollId:ABFS18600 to '${label}'.`,
		});
		expect(sim.requests).toEqual([]);
	},
);
