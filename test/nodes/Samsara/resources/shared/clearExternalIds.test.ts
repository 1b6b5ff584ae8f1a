import { itemsOf } from '../../../../samsara';
import { startSimulator, type Settings, type Simulator } from '../../../../simulator/index.mts';
import {
	ATTRIBUTE_ENTITIES,
	attributesOf,
	entitiesOf,
	pick,
	rowsFrom,
	run,
} from './attributeEntities';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator({ records: 0 });
});
afterEach(async () => await sim.close());

const patches = () => sim.requests.filter(({ method }) => method === 'PATCH');

const external = (...rows: Array<[string, string]>) => ({
	ids: rows.map(([key, value]) => ({ key, value })),
});

const REMOVALS: Array<Settings['externalIdRemoval']> = [
	'any',
	'empty',
	'null',
	'literal',
	'omission',
];

describe.each(ATTRIBUTE_ENTITIES)('%s', (resource) => {
	it.each(REMOVALS)(
		'removes an external ID, and nothing else, however Samsara does it: %s',
		async (externalIdRemoval) => {
			sim.settings.externalIdRemoval = externalIdRemoval;
			const entity = entitiesOf(sim, resource).at(4)!;
			const before = structuredClone(entity);
			const [key] = Object.keys(entity.externalIds);
			entity.externalIds.badge = 'B-1';
			sim.state.index(entity);
			await rowsFrom(sim, resource, 'update', {
				...pick(resource, entity.id),
				updateFields: {
					clearExternalIds: `badge, unknown`,
					externalIds: external(['locker', 'L-1']),
					notes: 'Seen',
				},
			});
			expect(entity.externalIds).toEqual({ ...before.externalIds, locker: 'L-1' });
			expect(entity.externalIds).toHaveProperty([key]);
			expect(entity).toMatchObject({ name: before.name, tagIds: before.tagIds });
			expect(entity.details.notes).toBe('Seen');
			expect(attributesOf(sim, resource, entity.id)).not.toEqual({});
		},
	);

	it('says so if Samsara keeps it', async () => {
		sim.settings.externalIdRemoval = 'never';
		const [entity] = entitiesOf(sim, resource);
		const [key] = Object.keys(entity.externalIds);
		const { error } = await run(sim, resource, 'update', {
			...pick(resource, entity.id),
			updateFields: { clearExternalIds: [key], notes: 'Seen' },
		});
		expect(error?.message).toBe(
			`'External IDs to Clear' has ${key}, but Samsara keeps it [item 0]`,
		);
		expect(entity.details.notes).toBe('Seen');
	});

	it('does not try other ways after a refusal that they cannot change', async () => {
		const [entity] = entitiesOf(sim, resource);
		const [key] = Object.keys(entity.externalIds);
		sim.faults.add({ kind: 'status', status: 403, method: 'PATCH' });
		const { error } = await run(sim, resource, 'update', {
			...pick(resource, entity.id),
			updateFields: { clearExternalIds: key },
		});
		expect(error).toBeDefined();
		expect(patches()).toHaveLength(1);
	});

	it.each([1, 3])('tries other ways if Samsara refuses one, %d times', async (times) => {
		const [entity] = entitiesOf(sim, resource);
		const [key] = Object.keys(entity.externalIds);
		const body = { message: 'notes: not allowed' };
		sim.faults.add({ kind: 'status', status: 400, method: 'PATCH', times, body });
		const { error } = await run(sim, resource, 'update', {
			...pick(resource, entity.id),
			updateFields: { clearExternalIds: key },
		});
		if (times === 1) expect(entity.externalIds).not.toHaveProperty([key]);
		else expect(error?.message).toBe('notes: not allowed [item 0]');
	});

	it('does not take a response that leaves out external IDs for a removal', async () => {
		const [{ id, name, externalIds }] = entitiesOf(sim, resource);
		const [key] = Object.keys(externalIds);
		const body = { data: { id, name } };
		sim.faults.add({ kind: 'status', status: 200, method: 'PATCH', times: 3, body });
		const { error } = await run(sim, resource, 'update', {
			...pick(resource, id),
			updateFields: { clearExternalIds: key },
		});
		expect(error?.message).toContain(`has ${key}, but Samsara keeps it`);
	});

	it('keeps what one item changes while another removes something', async () => {
		// If they did not wait for each other, the second one would be in between reading and writing of the first.
		sim.faults.add({ kind: 'delay', ms: 20, method: 'PATCH' });
		sim.faults.add({ kind: 'delay', ms: 60, method: 'PATCH', after: 1 });
		const [entity] = entitiesOf(sim, resource);
		const { id } = entity;
		entity.externalIds = { badge: 'B-1', locker: `old-${id}` };
		sim.state.index(entity);
		await rowsFrom(
			sim,
			resource,
			'update',
			{
				...pick(resource, '={{ $json.id }}'),
				updateFields: {
					clearExternalIds: '={{ $json.cleared }}',
					externalIds: external(['={{ $json.key }}', '={{ $json.value }}']),
				},
			},
			{
				items: itemsOf(
					{ id, cleared: 'badge', key: 'one', value: `1-${id}` },
					{
						id: resource === 'equipment' ? id : `locker:old-${id}`,
						cleared: '',
						key: 'locker',
						value: `new-${id}`,
					},
				),
			},
		);
		expect(entity.externalIds).toEqual({ one: `1-${id}`, locker: `new-${id}` });
	});

	it.each<[string, object, string]>([
		[
			'a whole external ID',
			{ clearExternalIds: 'payrollId:1' },
			"'External IDs to Clear' has 'payrollId:1', but takes keys without values [item 0]",
		],
		[
			'a key that Samsara sets',
			{ clearExternalIds: ['samsara.vin'] },
			"'External IDs to Clear' has 'samsara.vin', which Samsara sets itself [item 0]",
		],
		[
			'a key with a new value',
			{ clearExternalIds: 'badge', externalIds: external(['badge', 'B-1']) },
			"'External IDs to Clear' has 'badge', which also has a new value [item 0]",
		],
		['nothing', { clearExternalIds: ' , ' }, "'Update Fields' has nothing to change [item 0]"],
	])('refuses %s without a request', async (_, updateFields, message) => {
		const { error } = await run(sim, resource, 'update', {
			...pick(resource, '1'),
			updateFields: { ...updateFields },
		});
		expect(error?.message).toBe(message);
		expect(sim.requests).toEqual([]);
	});

	it.each(['any', 'omission'] as const)(
		'keeps what several items add to one entity and remove from it (%s)',
		async (externalIdRemoval) => {
			Object.assign(sim.settings, { externalIdRemoval, latencyMs: 5 });
			const [{ id, externalIds }] = entitiesOf(sim, resource);
			const [[key, value]] = Object.entries(externalIds);
			const byKey = resource === 'equipment' ? id : `${key}:${value}`;
			// Documented: a merge patch of a trailer or piece of equipment keeps the external IDs that it leaves out.
			if (externalIdRemoval === 'omission' && ['trailer', 'equipment'].includes(resource)) return;
			await rowsFrom(
				sim,
				resource,
				'update',
				{
					...pick(resource, '={{ $json.id }}'),
					updateFields: { externalIds: external(['={{ $json.key }}', '={{ $json.value }}']) },
				},
				{
					items: itemsOf(
						{ id, key: 'one', value: `1-${id}` },
						{ id: byKey, key: 'two', value: `2-${id}` },
						{ id, key: 'three', value: `3-${id}` },
					),
				},
			);
			expect(entitiesOf(sim, resource)[0].externalIds).toEqual({
				...externalIds,
				one: `1-${id}`,
				two: `2-${id}`,
				three: `3-${id}`,
			});
		},
	);
});

it('external IDs of a trailer, picked by one of them, are set without the scope to read trailers', async () => {
	const [trailer] = entitiesOf(sim, 'trailer');
	trailer.externalIds = { unit: 'T-1' };
	sim.state.index(trailer);
	sim.settings.scopes = ['Write Trailers'];
	await rowsFrom(sim, 'trailer', 'update', {
		...pick('trailer', 'unit:T-1'),
		updateFields: { externalIds: external(['badge', 'B-1']) },
	});
	expect(trailer.externalIds).toEqual({ unit: 'T-1', badge: 'B-1' });
});
