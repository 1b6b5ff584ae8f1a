import { itemsOf, speedUp } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	attributeRows,
	entitiesWithAttribute,
	runAttribute,
	stateOf,
	valuesIn,
	writes,
} from './fixtures';

describe.each(['merge', 'replace'] as const)(
	'Create or Update, if Samsara would %s',
	(attributeEntities) => {
		let sim: Simulator;

		beforeEach(async () => {
			sim = await startSimulator({ records: 0, attributeEntities });
		});

		afterEach(async () => await sim.close());

		const expected = {
			entityType: 'driver',
			name: 'Port Permit',
			attributeType: 'single-select',
			values: 'Seattle, Tacoma',
		};

		it('creates a new attribute once for several items', async () => {
			const rows = await attributeRows(
				sim,
				'upsert',
				{ ...expected, name: '={{ $json.name }}', values: '={{ $json.value }}' },
				{
					items: itemsOf(
						{ name: 'Port Permit', value: 'Seattle' },
						{ name: ' port permit ', value: 'Tacoma' },
						{ name: 'Port Permit', value: 'seattle' },
					),
				},
			);
			expect(rows).toMatchObject([
				{ name: 'Port Permit', values: 'Seattle', created: true },
				{ name: 'Port Permit', values: 'Seattle, Tacoma', created: false },
				{ name: 'Port Permit', values: 'Seattle, Tacoma', created: false },
			]);
			expect(valuesIn(sim, 'Port Permit')).toEqual(['Seattle', 'Tacoma']);
			expect(writes(sim).map(({ method }) => method)).toEqual(['POST', 'PATCH']);
		});

		it('adds missing values to existing ones and removes none', async () => {
			const before = entitiesWithAttribute(sim, 'License Class');
			const rows = await attributeRows(sim, 'upsert', {
				...expected,
				name: 'license class',
				values: 'Class A, Class M',
			});
			expect(rows).toMatchObject([
				{
					name: 'License Class',
					values: 'Class A, Class B, Class C, Non CDL, Class M',
					created: false,
				},
			]);
			expect(entitiesWithAttribute(sim, 'License Class')).toEqual(before);
		});

		it('writes nothing if all values exist', async () => {
			const rows = await attributeRows(sim, 'upsert', {
				...expected,
				name: 'License Class',
				values: 'Class B',
			});
			expect(rows).toMatchObject([{ name: 'License Class', created: false }]);
			expect(writes(sim)).toEqual([]);
		});

		it('accepts a legacy attribute as the current type with the same values', async () => {
			const rows = await attributeRows(sim, 'upsert', {
				...expected,
				name: 'License Type',
				attributeType: 'multi-select',
				values: 'Class M',
			});
			expect(rows).toMatchObject([
				{ type: 'String (Older Contract, Several Values)', created: false },
			]);
			expect(writes(sim)[0].body).toMatchObject({
				attributeType: 'string',
				attributeValueQuantity: 'multi',
				stringValues: ['Class A', 'Class B', 'Class C', 'Non CDL', 'Class M'],
			});
			expect(stateOf(sim, 'License Type')).toMatchObject({ attributeType: 'string' });
		});

		it('removes other values only with that option', async () => {
			const { rows, error } = await runAttribute(sim, 'upsert', {
				...expected,
				name: 'License Class',
				values: 'Class A, Class B',
				options: { removeOtherValues: true },
			});
			if (attributeEntities === 'replace')
				expect(rows).toMatchObject([{ values: 'Class A, Class B' }]);
			else expect(error?.message).toContain('Samsara kept values');
		});

		it.each([
			[
				{ name: 'Home Terminal' },
				"'Type' is Single Select, but the existing attribute 'Home Terminal' has the type Text",
			],
			[
				{ name: 'Endorsements' },
				"'Type' is Single Select, but the existing attribute 'Endorsements' has the type Multi Select",
			],
			[
				{
					name: 'Vehicle Length',
					entityType: 'asset',
					attributeType: 'number',
					values: '',
					unit: 'METER',
				},
				"'Unit' is Meters, but the existing attribute 'Vehicle Length' has Feet",
			],
		])('refuses what cannot be changed: %j', async (change, message) => {
			const { error } = await runAttribute(sim, 'upsert', { ...expected, ...change });
			expect(error?.message).toBe(`${message} [item 0]`);
			expect(writes(sim)).toEqual([]);
		});

		it('creates one attribute if the response is lost', async () => {
			const back = speedUp(20);
			sim.faults.add({ kind: 'status', status: 503, method: 'POST', applied: true });
			const rows = await attributeRows(sim, 'upsert', expected);
			back();
			expect(rows).toMatchObject([{ name: 'Port Permit', created: true }]);
			expect(writes(sim)).toHaveLength(1);
		});
	},
);
