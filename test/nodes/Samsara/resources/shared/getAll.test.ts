import { bySdk, recorded } from '../../../../oracle';
import { speedUp } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	attributeNamed,
	calls,
	ATTRIBUTE_ENTITIES,
	entitiesOf,
	pick,
	attributesOf,
	rowsFrom,
	run,
	sdkIncludes,
	withoutIncludeAttributes,
} from './attributeEntities';

let sim: Simulator;
const slowDown = speedUp(20);

beforeAll(async () => {
	sim = await startSimulator({ drivers: 600, trailers: 320, equipment: 12, records: 0 });
});
beforeEach(() => sim.reset());
afterAll(async () => {
	slowDown();
	await sim.close();
});

const value = (values: Array<string | number>) =>
	values.length === 1 ? values[0] : values.join(', ');

describe.each(ATTRIBUTE_ENTITIES)('%s', (resource) => {
	const list = `GET /fleet/${resource === 'equipment' ? resource : `${resource}s`}`;
	const firstCall =
		resource === 'asset'
			? 'GET /assets?includeExternalIds=true&includeTags=true&includeAttributes=true'
			: `${list}?limit=3`;

	it('returns up to the limit, with attributes by name', async () => {
		const rows = await rowsFrom(sim, resource, 'getAll', { limit: 3 });
		expect(rows).toHaveLength(3);
		for (const row of rows) {
			const attributes = attributesOf(sim, resource, String(row.id));
			for (const [name, values] of Object.entries(attributes))
				expect(row[name]).toBe(value(values));
		}
		expect(calls(sim)[0]).toBe(firstCall);
		expect(calls(sim).length).toBe(['trailer', 'equipment'].includes(resource) ? 3 : 2);
	});

	it('has the same columns in every row: the name, the attributes of the account, and the IDs last', async () => {
		const entityType = resource === 'driver' ? 'driver' : 'asset';
		const names = [...sim.state.attributes.values()].flatMap((attribute) =>
			attribute.entityType === entityType ? [attribute.name] : [],
		);
		for (const operation of ['getAll', 'get']) {
			const ids = entitiesOf(sim, resource).map(({ id }) => id);
			const rows =
				operation === 'getAll'
					? await rowsFrom(sim, resource, operation, { limit: 9 })
					: await rowsFrom(sim, resource, operation, pick(resource, ids[0]));
			const columns = Object.keys(rows[0]);
			expect(columns.slice(0, names.length + 1)).toEqual(['name', ...names]);
			expect(columns.slice(-2)).toEqual(['externalIds', 'id']);
			for (const row of rows) expect(Object.keys(row)).toEqual(columns);
			expect(calls(sim).filter((call) => call.includes('/attributes'))).toHaveLength(1);
			sim.reset();
		}
	});

	it.each([403, 500, 401])(
		'falls back to the attributes of the rows if they cannot be read (%s)',
		async (status) => {
			sim.faults.add({ kind: 'status', path: '/attributes', status, times: 99 });
			const { rows, run: execution } = await run(sim, resource, 'getAll', { limit: 9 });
			expect(rows).toHaveLength(9);
			const columns = Object.keys(rows[0]);
			expect(columns[0]).toBe('name');
			expect(columns.at(-1)).toBe('id');
			for (const row of rows) {
				expect(Object.keys(row)).toEqual(columns);
				const attributes = attributesOf(sim, resource, String(row.id));
				for (const [name, values] of Object.entries(attributes))
					expect(row[name]).toBe(value(values));
			}
			expect(execution.data.resultData.runData.Node[0].hints ?? []).toEqual([]);
		},
	);

	it('returns the response unchanged without Simplify', async () => {
		const rows = await rowsFrom(sim, resource, 'getAll', { limit: 2, simplify: false });
		expect(rows[0]).toMatchObject({ id: entitiesOf(sim, resource)[0].id, tags: [{}] });
		expect(calls(sim)).toHaveLength(1);
	});

	it('filters by tag name or ID', async () => {
		const rows = await rowsFrom(sim, resource, 'getAll', {
			returnAll: true,
			filters: { tagIds: ['long haul'] },
		});
		const tagged = entitiesOf(sim, resource).filter(
			(entity) =>
				entity.tagIds.includes('4029140') &&
				(entity as { driverActivationStatus?: string }).driverActivationStatus !== 'deactivated',
		);
		expect(rows.map(({ id }) => id)).toEqual(tagged.map(({ id }) => id));
		expect(calls(sim)).toContain('GET /tags?limit=512');
		sim.reset();
		await rowsFrom(sim, resource, 'getAll', {
			limit: 1,
			filters: { tagIds: ['4029140', '4029136'], parentTagIds: '4029135' },
		});
		expect(calls(sim)[0]).toContain('tagIds=4029140,4029136');
		expect(calls(sim)[0]).toContain('parentTagIds=4029135');
	});

	it('refuses a tag that does not exist', async () => {
		const { error } = await run(sim, resource, 'getAll', { filters: { tagIds: ['Nowhere'] } });
		expect(error?.message).toBe("'Tags' has the tag 'Nowhere', which does not exist [item 0]");
	});

	it("sends the same request as the vendor's SDK", async () => {
		const theirs = await bySdk(sim, async (sdk) => {
			const query = { limit: 2, tagIds: '4029140' };
			if (resource === 'driver') await sdk.drivers.list({ ...query, tagIds: ['4029140'] });
			if (resource === 'vehicle') await sdk.vehicles.list(query);
			if (resource === 'trailer') await sdk.trailers.listTrailers(query);
			if (resource === 'equipment')
				await sdk.equipment.listEquipment({ ...query, tagIds: ['4029140'] });
			if (resource === 'asset') await sdk.assets.list({ ...sdkIncludes, tagIds: '4029140' });
		});
		const ours = await recorded(sim, async () =>
			rowsFrom(sim, resource, 'getAll', {
				limit: 2,
				simplify: false,
				filters: { tagIds: ['4029140'] },
			}),
		);
		expect(withoutIncludeAttributes(ours)).toEqual(theirs);
	});
});

describe('drivers', () => {
	it.each(['active', 'deactivated', 'all'])('returns %s drivers', async (status) => {
		const rows = await rowsFrom(sim, 'driver', 'getAll', {
			returnAll: true,
			filters: { driverActivationStatus: status },
		});
		const all = [...sim.state.drivers.values()];
		const expected = ['active', 'deactivated'].flatMap((one) =>
			all.filter((d) => d.driverActivationStatus === one && (status === one || status === 'all')),
		);
		expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
	});

	it('filters by allowed values, several conditions and times', async () => {
		const { values } = attributeNamed(sim, 'driver', 'License Class');
		const rows = await rowsFrom(sim, 'driver', 'getAll', {
			returnAll: true,
			filters: {
				attributeValueIds: [values[0].id],
				attributes: {
					conditions: [
						{ attribute: 'Years of Experience', condition: 'between', from: '2', to: '7' },
						{ attribute: 'Hire Date', condition: 'between', from: '2020-01-01', to: '' },
					],
				},
				createdAfterTime: '2020-01-01',
			},
		});
		expect(calls(sim)).toContain(
			`GET /fleet/drivers?createdAfterTime=2020-01-01T00:00:00Z&attributeValueIds=${values[0].id}&attributes=Years of Experience:range(2,7)&limit=512`,
		);
		const expected = entitiesOf(sim, 'driver').filter((driver) => {
			const own = attributesOf(sim, 'driver', driver.id);
			const years = Number(own['Years of Experience']?.[0]);
			return (
				own['License Class']?.[0] === values[0].stringValue &&
				years >= 2 &&
				years <= 7 &&
				String(own['Hire Date']?.[0] ?? '') >= '2020-01-01' &&
				(driver as { driverActivationStatus?: string }).driverActivationStatus === 'active'
			);
		});
		expect(expected.length).toBeGreaterThan(0);
		expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
	});

	it('refuses an invalid date without a request', async () => {
		const { error } = await run(sim, 'driver', 'getAll', {
			filters: { updatedAfterTime: 'yesterday' },
		});
		expect(error?.message).toContain("'Updated After' is 'yesterday', which is not a valid date");
		expect(sim.requests).toEqual([]);
	});
});

describe('vehicles', () => {
	it('filters by a range of dates', async () => {
		const rows = await rowsFrom(sim, 'vehicle', 'getAll', {
			returnAll: true,
			filters: {
				attributes: {
					conditions: [
						{ attribute: 'Lease End', condition: 'between', from: '2020-01-01', to: '2099-01-01' },
					],
				},
			},
		});
		expect(calls(sim)[1]).toBe(
			'GET /fleet/vehicles?attributes=Lease End:range(2020-01-01,2099-01-01)&limit=512',
		);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every((row) => row['Lease End'] !== undefined)).toBe(true);
	});
});

describe('trailers and equipment', () => {
	it('reads the attributes of a long list page by page', async () => {
		const rows = await rowsFrom(sim, 'trailer', 'getAll', { returnAll: true });
		expect(rows).toHaveLength(320);
		expect(calls(sim).map((call) => call.split('?')[0])).toEqual([
			'GET /fleet/trailers',
			'GET /assets',
			'GET /assets',
			'GET /attributes',
		]);
		for (const row of rows) {
			for (const [name, values] of Object.entries(attributesOf(sim, 'trailer', String(row.id))))
				expect(row[name]).toBe(value(values));
		}
	});

	it('does not read attributes if Include Attributes is off', async () => {
		for (const resource of ['trailer', 'equipment'] as const) {
			await rowsFrom(sim, resource, 'getAll', { limit: 2, options: { includeAttributes: false } });
		}
		expect(calls(sim)).toEqual(['GET /fleet/trailers?limit=2', 'GET /fleet/equipment?limit=2']);
	});
});
