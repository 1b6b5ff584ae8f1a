import type { INodeParameters } from 'n8n-workflow';
import { SamsaraClient } from '@samsarahq/samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { itemsOf, locator, rowsOf, runSamsara } from '../../../../samsara';

describe('qualification types', () => {
	let sim: Simulator;

	beforeAll(async () => {
		sim = await startSimulator({ records: 0 });
	});
	afterAll(async () => await sim.close());
	beforeEach(() => {
		sim.reset();
		sim.settings.pageSize = undefined;
	});

	const getAll = (more: INodeParameters = {}) => ({
		resource: 'qualificationType',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
		...more,
	});
	const get = (id: string, more: INodeParameters = {}) => ({
		resource: 'qualificationType',
		operation: 'get',
		entityType: 'worker',
		qualificationType: locator(id),
		...more,
	});
	const types = (entityType = 'worker') =>
		[...sim.state.qualificationTypes.values()].filter((type) => type.entityType === entityType);
	const query = () => sim.requests.map((request) => request.query);

	it('are listed with the fields of their records', async () => {
		const rows = await rowsOf(sim, getAll());
		expect(rows.map(({ name }) => name)).toEqual(types().map(({ name }) => name));
		expect(rows.find(({ name }) => name === 'Site Access Pass')).toEqual({
			id: expect.any(String),
			name: 'Site Access Pass',
			entityType: 'worker',
			numberOfFields: 5,
			fields: 'Read this first, Pass Number, Assigned Vehicle, Supervisor, Site',
			requiredFields: 'Pass Number',
			fieldsNotWritable: 'Read this first, Assigned Vehicle, Supervisor, Site',
			updatedAtTime: expect.any(String),
		});
	});

	it('are read page by page, and filtered by name before the limit applies', async () => {
		sim.settings.pageSize = 2;
		const rows = await rowsOf(
			sim,
			getAll({ returnAll: false, limit: 2, filters: { name: 'CERT' } }),
		);
		expect(rows.map(({ name }) => name)).toEqual(['Hazmat Certificate', 'Language Certificate']);
	});

	it("are Samsara's response with Simplify off, from the same requests as the vendor's SDK", async () => {
		const [{ id }] = types();
		const all = await rowsOf(sim, getAll({ simplify: false }));
		const [one] = await rowsOf(sim, get(id, { simplify: false }));
		expect(all).toEqual(types());
		expect(one).toEqual(types()[0]);
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		await sdk.betaApIs.getQualificationTypes({ entityType: 'worker' });
		await sdk.betaApIs.getQualificationTypes({ entityType: 'worker', ids: id });
		const wire = sim.requests.map(({ method, path, query: text }) => ({
			method,
			path,
			query: Object.fromEntries(new URLSearchParams(text)),
		}));
		expect(wire.slice(0, 2)).toEqual(wire.slice(2));
	});

	it('are read together, and each item gets its own', async () => {
		const expected = [...types().reverse(), types()[0]];
		const { output } = await runSamsara(sim, get('={{ $json.id }}'), {
			items: itemsOf(...expected.map(({ id }) => ({ id }))),
		});
		expect(output.map(({ json }) => json.name)).toEqual(expected.map(({ name }) => name));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			expected.map((_, item) => ({ item })),
		);
		expect(sim.requests).toHaveLength(1);
	});

	it('are refused if they belong to the other entity type or do not exist', async () => {
		const [asset] = types('asset');
		const { rows } = await runSamsara(sim, get('={{ $json.id }}'), {
			items: itemsOf({ id: asset.id }, { id: 'a,b' }, { id: types()[1].id }),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(rows[0].error).toContain(`'${asset.id}', but drivers have no such type`);
		expect(rows[1].error).toContain("'a,b', but an ID cannot contain a comma");
		expect(rows[2].name).toBe(types()[1].name);
		expect(query()).toHaveLength(1);
	});
});
