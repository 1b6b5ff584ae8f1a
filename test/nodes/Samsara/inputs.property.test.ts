import * as fc from 'fast-check';
import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { clock } from '../../../nodes/Samsara/api/clock';
import { resources } from '../../../nodes/Samsara/resources';
import { itemsOf, runSamsara, speedUp } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';

/*
 * Whatever stands in an item, a run never breaks: every item succeeds or gets a message that names the parameter and
 * the item, nothing is sent that Samsara would refuse for its form, and the token shows up nowhere. Parameters are
 * mapped by expressions, so that each item is an input of its own.
 */

const ITEMS_A_RUN = 25;

const RUNS = 12;

/** Fixed, so that what passes once passes everywhere; change it to look for more. */
const SEED = 20261122;

let sim: Simulator;
let restoreClock: () => void;
let inputs = 0;

beforeAll(async () => {
	sim = await startSimulator({
		drivers: 8,
		vehicles: 3,
		trailers: 3,
		equipment: 3,
		records: 40,
		now: () => new Date(clock.now()),
	});
	restoreClock = speedUp(1000);
});

afterAll(async () => {
	restoreClock();
	await sim.close();
});

const junk = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc.constantFrom<unknown>(
		'',
		' ',
		'../../me',
		'.',
		'..',
		'a?b=c',
		'%2F',
		'x\r\nX-Evil: 1',
		'key:value',
		':',
		'key:',
		'null',
		'\ud800',
		'{"a":',
		'[]',
		'{}',
		'x'.repeat(10_000),
		-1,
		0,
		1.5,
		1e21,
		2 ** 53,
		true,
		false,
		null,
		[],
		{},
		[null],
		[[]],
		['a', 1],
		{ a: { b: 1 } },
		'2026-02-30',
		'12/31/2026',
		'0000-00-00',
		'__proto__',
		{ __proto__: null, constructor: 1 },
	),
);

/** Values that the account knows, so that inputs come past the first checks. */
function known(): unknown[] {
	const first = <T extends { id: string }>(map: Map<string, T>) => [...map.values()].slice(0, 4);
	const { drivers, vehicles, trailers, equipment, records, attributes, qualificationTypes } =
		sim.state;
	return [
		...[drivers, vehicles, trailers, equipment, records, attributes, qualificationTypes].flatMap(
			(map) => first<{ id: string }>(map as never).map(({ id }) => id),
		),
		...first(drivers).flatMap(({ externalIds }) =>
			Object.entries(externalIds).map((pair) => pair.join(':')),
		),
		...first(attributes).map(({ name }) => name),
		...first(qualificationTypes).map(({ name }) => name),
	];
}

function valueFor(property: INodeProperties): fc.Arbitrary<unknown> {
	const often = <T>(fitting: fc.Arbitrary<T>) =>
		fc.oneof(
			{ weight: 4, arbitrary: fitting as fc.Arbitrary<unknown> },
			{ weight: 1, arbitrary: junk },
		);
	const choices = (property.options ?? []).flatMap((option) =>
		'value' in option ? [option.value] : [],
	);
	switch (property.type) {
		case 'options':
			return often(fc.constantFrom(...(choices.length > 0 ? choices : known())));
		case 'multiOptions':
			return often(
				fc.array(fc.constantFrom(...(choices.length > 0 ? choices : known())), { maxLength: 4 }),
			);
		case 'boolean':
			return often(fc.boolean());
		case 'number':
			return often(fc.integer({ min: -1, max: 120 }));
		case 'dateTime':
			return often(
				fc.constantFrom('2026-01-15', '2028-01-15T10:00:00Z', '2027-05-01T00:00:00.000+02:00'),
			);
		case 'resourceLocator':
			return often(fc.constantFrom(...known()));
		case 'collection':
			return often(members((property.options ?? []) as INodeProperties[]));
		case 'fixedCollection':
			return often(fixedCollection(property));
		case 'resourceMapper':
			return often(
				fc.record({
					mappingMode: fc.constantFrom('defineBelow', 'autoMapInputData'),
					value: fc.oneof(junk, mapperValue()),
				}),
			);
		default:
			return fc.oneof(fc.constantFrom(...known()), fc.constantFrom('Name', 'a@b.c', '12'), junk);
	}
}

function mapperValue(): fc.Arbitrary<unknown> {
	const ids = [
		...[...sim.state.qualificationTypes.values()].flatMap(({ fields }) =>
			fields.map(({ id }) => id),
		),
		...sim.state.attributes.keys(),
	];
	return fc.dictionary(
		fc.constantFrom(...ids),
		fc.oneof(junk, fc.constantFrom('Class A', 'H, N', '2026-05-05', 12)),
		{ maxKeys: 5 },
	);
}

function fixedCollection(property: INodeProperties): fc.Arbitrary<unknown> {
	const groups = (property.options ?? []).flatMap((group) => ('values' in group ? [group] : []));
	return fc.record(
		Object.fromEntries(
			groups.map(({ name, values }) => [
				name,
				property.typeOptions?.multipleValues
					? fc.array(members(values), { maxLength: 3 })
					: members(values),
			]),
		),
		{ requiredKeys: [] },
	);
}

function members(properties: INodeProperties[]): fc.Arbitrary<unknown> {
	return fc.record(
		Object.fromEntries(properties.map((property) => [property.name, valueFor(property)])),
		{ requiredKeys: [] },
	);
}

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		title: `${resource.value}: ${operation.value}`,
		resource,
		operation,
	})),
);

describe.each(operations)('$title', ({ resource, operation }) => {
	test(`${ITEMS_A_RUN * RUNS} generated inputs: no run breaks, nothing malformed is sent, messages are clear, the token stays hidden`, async () => {
		const inputsOf = () => {
			const properties = operation.properties.filter(({ type }) => type !== 'notice');
			return fc.record(
				Object.fromEntries(properties.map((property) => [property.name, valueFor(property)])),
			);
		};
		const names = operation.properties.filter(({ type }) => type !== 'notice');
		const parameters = Object.fromEntries(
			names.map(({ name, type }) => {
				const expression = `={{ $json[${JSON.stringify(name)}] }}`;
				return [
					name,
					type === 'resourceLocator' ? { __rl: true, mode: 'id', value: expression } : expression,
				];
			}),
		) as Record<string, NodeParameterValueType>;

		await fc.assert(
			fc.asyncProperty(
				fc.array(inputsOf(), { minLength: ITEMS_A_RUN, maxLength: ITEMS_A_RUN }),
				async (rows) => {
					sim.reset();
					const { output, error, run } = await runSamsara(
						sim,
						{ ...parameters, resource: resource.value, operation: operation.value },
						{
							items: itemsOf(...(rows as never[])),
							settings: { onError: 'continueRegularOutput' },
						},
					);
					inputs += rows.length;
					expect(error).toBeUndefined();
					expect(JSON.stringify(run.data.resultData)).not.toContain(sim.token);

					const answered = new Set(
						output.map(({ pairedItem }) => (pairedItem as { item: number }).item),
					);
					for (const { json, pairedItem } of output) {
						if (typeof json.error !== 'string') continue;
						if (!String(json.message).includes('Request ID')) expect(json.error).toMatch(/'[^']+'/);
						expect(json.error).toContain(`[item ${(pairedItem as { item: number }).item}]`);
						expect(json.error).not.toMatch(
							/Cannot read|is not a function|undefined|\[object Object\]|is not iterable/,
						);
					}
					for (const { status, body, method, path } of sim.requests) {
						expect({ status, method, path, body }).not.toMatchObject({ status: 500 });
						expect(path).not.toMatch(/(^|\/)\.{1,2}(\/|$)|\s|\/\//);
					}
					if (
						!operation.value.startsWith('get') &&
						!['checkCompliance', 'downloadFiles'].includes(operation.value)
					) {
						expect(answered.size).toBe(rows.length);
					}
				},
			),
			{ numRuns: RUNS, endOnFailure: true, seed: SEED },
		);
	}, 120_000);
});

test('at least 10,000 inputs were tried', () => {
	expect(inputs).toBeGreaterThanOrEqual(ITEMS_A_RUN * RUNS * operations.length);
	expect(inputs).toBeGreaterThanOrEqual(10_000);
});
