import { bySdk, recorded } from '../../../../oracle';
import { itemsOf, locator } from '../../../../samsara';
import { request } from '../../../../simulator/client.mts';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { attributeRows, entitiesWithAttribute, runAttribute, stateOf, writes } from './fixtures';

/** 2^53 + 1: as a JavaScript number, it would become another ID. */
const BIG = '9007199254740993';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ records: 0 });
	const { id } = stateOf(sim, 'License Class');
	const driver = sim.state.drivers.get(BIG)!;
	driver.attributes = [{ attributeId: id, stringValues: ['Class B'] }];
});

beforeEach(() => sim.reset());

afterAll(async () => await sim.close());

const named = (name: string) => ({
	entityType: stateOf(sim, name).entityType,
	attributeId: locator(stateOf(sim, name).id),
});

const externalIdsOf = (id: string) => {
	const pairs = Object.entries(sim.state.drivers.get(id)!.externalIds).map((pair) =>
		pair.join(':'),
	);
	return pairs.length > 0 ? { externalIds: pairs.join(', ') } : {};
};

describe('get', () => {
	it('returns the attribute and its entities, with exact IDs beyond 2^53', async () => {
		const [row] = await attributeRows(sim, 'get', named('License Class'));
		const assigned = entitiesWithAttribute(sim, 'License Class');
		expect(row).toEqual({
			id: stateOf(sim, 'License Class').id,
			name: 'License Class',
			type: 'Single Select',
			entityType: 'driver',
			values: 'Class A, Class B, Class C, Non CDL',
			assignments: Object.keys(assigned).length,
			entities: Object.entries(assigned).map(([entityId, [value]]) => ({
				entityId,
				entityName: sim.state.drivers.get(entityId)!.name,
				...externalIdsOf(entityId),
				value,
			})),
		});
		expect(Object.keys(assigned)).toContain(BIG);
	});

	it('sends the same request as the SDK, with the entity type in the query', async () => {
		for (const name of ['License Class', 'Vehicle Length']) {
			const { id, entityType } = stateOf(sim, name);
			const sdk = await bySdk(
				sim,
				async ({ attributes }) => await attributes.getAttribute({ id, entityType }),
			);
			expect(await recorded(sim, async () => await attributeRows(sim, 'get', named(name)))).toEqual(
				sdk,
			);
		}
	});

	it('returns the full response except null without Simplify, for current and legacy types', async () => {
		for (const name of ['Years of Experience', 'Pay Grade', 'Languages']) {
			const [row] = await attributeRows(sim, 'get', { ...named(name), simplify: false });
			const { id, entityType } = stateOf(sim, name);
			const response = await request(`${sim.url}/attributes/${id}?entityType=${entityType}`, {
				headers: { authorization: `Bearer ${sim.token}` },
			});
			const text = response.text.replace(/"entityId":(\d+)/g, '"entityId":"$1"');
			const { data } = JSON.parse(text, (_key, value: unknown) => value ?? undefined) as {
				data: unknown;
			};
			expect(row).toStrictEqual(data);
		}
	});

	it('finds an attribute by name in any case, reading the list once per run', async () => {
		const rows = await attributeRows(
			sim,
			'get',
			{ entityType: 'asset', attributeId: locator('={{ $json.name }}', 'name') },
			{ items: itemsOf({ name: ' vehicle LENGTH' }, { name: 'Permits' }) },
		);
		expect(rows).toMatchObject([
			{ name: 'Vehicle Length', type: 'Number', unit: 'Feet' },
			{ name: 'Permits', type: 'Multi Select' },
		]);
		expect(sim.requests).toHaveLength(3);
	});

	it.each(['Nobody', '../drivers', '%2F..', 'x'.repeat(500), '?entityType=asset', 'a\r\nb'])(
		'refuses %.20s, which is not an attribute, without trying to read it',
		async (name) => {
			const { error } = await runAttribute(sim, 'get', {
				entityType: 'driver',
				attributeId: locator(name),
			});
			expect(error?.message).toMatch(/^'Attribute' is '.*no driver attribute/s);
			expect(error?.message.length).toBeLessThan(400);
			expect(error?.description).toContain("'Belongs To'");
			expect(sim.requests.map(({ path }) => path)).toEqual(['/attributes']);
		},
	);

	it('refuses 10,000 characters without a request', async () => {
		const { error } = await runAttribute(sim, 'get', {
			entityType: 'driver',
			attributeId: locator('x'.repeat(10_000)),
		});
		expect(error?.message).toContain("'Attribute' has 10000 characters");
		expect(sim.requests).toEqual([]);
	});

	it('names the ID that was not found for the chosen entity type', async () => {
		const { error } = await runAttribute(sim, 'get', {
			...named('License Class'),
			entityType: 'asset',
		});
		expect(error).toMatchObject({ httpCode: '404' });
		expect(error?.description).toContain('Samsara has no attribute with this ID');
	});
});

describe('getAssignments', () => {
	it('returns one item per entity in one request, linked to its input item', async () => {
		const { output } = await runAttribute(sim, 'getAssignments', {
			...named('License Class'),
			returnAll: true,
		});
		const assigned = entitiesWithAttribute(sim, 'License Class');
		expect(output.map(({ json }) => json)).toEqual(
			Object.entries(assigned).map(([entityId, [value]]) => {
				const { name, externalIds } = sim.state.drivers.get(entityId)!;
				const pairs = Object.entries(externalIds).map((pair) => pair.join(':'));
				return {
					attributeId: stateOf(sim, 'License Class').id,
					attributeName: 'License Class',
					entityId,
					entityName: name,
					...(pairs.length > 0 && { externalIds: pairs.join(', ') }),
					value,
				};
			}),
		);
		expect(output.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(
			true,
		);
		expect(sim.requests).toHaveLength(1);
	});

	it('joins several values, keeps numbers, and returns no more than Limit', async () => {
		const rows = await attributeRows(sim, 'getAssignments', { ...named('Languages'), limit: 3 });
		expect(rows.map(({ value }) => value)).toEqual(
			Object.values(entitiesWithAttribute(sim, 'Languages'))
				.slice(0, 3)
				.map((values) => values.join(', ')),
		);
		const numbers = await attributeRows(sim, 'getAssignments', { ...named('Pay Grade'), limit: 1 });
		expect(typeof numbers[0].value).toBe('number');
	});

	it('returns Samsara’s own entries without Simplify', async () => {
		const rows = await attributeRows(sim, 'getAssignments', {
			...named('Hire Date'),
			simplify: false,
			limit: 1,
		});
		const [[entityId, dateValues]] = Object.entries(entitiesWithAttribute(sim, 'Hire Date'));
		expect(rows).toMatchObject([{ entityId, dateValues }]);
	});
});

describe('getAll', () => {
	it('lists the attributes of an entity type', async () => {
		const rows = await attributeRows(sim, 'getAll', { entityType: 'driver', returnAll: true });
		expect(rows.map(({ name, type }) => `${String(name)}: ${String(type)}`)).toEqual([
			'License Class: Single Select',
			'Endorsements: Multi Select',
			'Home Terminal: Text',
			'Languages: Free-Form Multi Select',
			'Years of Experience: Number',
			'Hire Date: Date',
			'License Type: String (Older Contract, Several Values)',
			'Pay Grade: Number (Older Contract)',
		]);
		expect(rows.every((row) => !('assignments' in row))).toBe(true);
	});

	it('sends the same request as the SDK', async () => {
		const sdk = await bySdk(
			sim,
			async ({ attributes }) =>
				await attributes.getAttributesByEntityType({ entityType: 'asset', limit: 2 }),
		);
		const ours = await recorded(
			sim,
			async () => await attributeRows(sim, 'getAll', { entityType: 'asset', limit: 2 }),
		);
		expect(ours).toEqual(sdk);
	});

	it('filters by name and type before applying Limit', async () => {
		const rows = await attributeRows(sim, 'getAll', {
			entityType: 'driver',
			limit: 2,
			filters: { nameContains: 'LICENSE', attributeTypes: ['olderString', 'text'] },
		});
		expect(rows.map(({ name }) => name)).toEqual(['License Type']);
		const older = await attributeRows(sim, 'getAll', {
			entityType: 'asset',
			filters: { attributeTypes: ['olderNumber'] },
		});
		expect(older.map(({ name }) => name)).toEqual(['Approved Axle Loads']);
	});

	it('reads all pages', async () => {
		sim.settings.pageSize = 3;
		sim.faults.add({ kind: 'emptyPage', path: '/attributes', after: 1 });
		const rows = await attributeRows(sim, 'getAll', { entityType: 'driver', returnAll: true });
		sim.settings.pageSize = undefined;
		expect(rows).toHaveLength(8);
	});

	it('refuses an invalid limit', async () => {
		const { error } = await runAttribute(sim, 'getAll', { entityType: 'driver', limit: 0.5 });
		expect(error?.message).toContain("'Limit' must be a whole number of 1 or more, but is '0.5'");
		expect(sim.requests).toEqual([]);
	});
});

describe('delete', () => {
	it('deletes by ID with the entity type in the query, like the SDK', async () => {
		const other = await startSimulator({ records: 0 });
		const { id, entityType } = stateOf(other, 'Permits');
		const sdk = await bySdk(
			other,
			async ({ attributes }) => await attributes.delete({ id, entityType }),
		);
		await other.close();
		const own = stateOf(sim, 'Permits').id;
		expect(await attributeRows(sim, 'delete', named('Permits'))).toEqual([{ deleted: true }]);
		expect(writes(sim).map(({ method, path, query }) => ({ method, path, query }))).toEqual([
			{ method: 'DELETE', path: `/attributes/${own}`, query: 'entityType=asset' },
		]);
		expect(sdk).toEqual([
			{ method: 'DELETE', path: `/attributes/${id}`, query: { entityType: 'asset' }, body: null },
		]);
		expect(sim.state.attributes.has(own)).toBe(false);
	});

	it('fails if the attribute does not exist', async () => {
		const { error } = await runAttribute(sim, 'delete', {
			entityType: 'driver',
			attributeId: locator('00000000-0000-4000-8000-000000000000'),
		});
		expect(error).toMatchObject({ httpCode: '404' });
	});
});
