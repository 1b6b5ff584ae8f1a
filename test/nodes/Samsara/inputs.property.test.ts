import * as fc from 'fast-check';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { clock } from '../../../nodes/Samsara/api/clock';
import { resources } from '../../../nodes/Samsara/resources';
import { itemsOf, runSamsara, speedUp } from '../../samsara';
import { startSimulator, type QualificationType, type Simulator } from '../../simulator/index.mts';
import { ATTRIBUTE_ENTITIES } from './resources/shared/attributeEntities';

/*
 * Whatever an item contains, a run never crashes: every item succeeds or gets an error that names the parameter and the
 * item, nothing malformed is sent, and the token appears nowhere. Parameters are expressions, so each item is a separate
 * input.
 */

const ITEMS_A_RUN = 25;

const RUNS = 12;

/** Fixed, so that every run has the same input. Change it to search for other failures. */
const SEED = 20261122;

let sim: Simulator;
let inputs = 0;

const restoreClock = speedUp(1000);
afterAll(restoreClock);

beforeEach(async () => {
	sim = await startSimulator({
		drivers: 8,
		vehicles: 3,
		trailers: 3,
		equipment: 3,
		records: 40,
		mediaUrlLifetimeMs: 86_400_000,
		now: () => new Date(clock.now()),
	});
});

afterEach(async () => await sim.close());

const invalidValues = fc.oneof(
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

const TEXTS = [
	'Name',
	'a@b.c',
	'12',
	'10, 12',
	'CA',
	'key:value',
	'America/Chicago',
	'1GNAL8EK9FZ106411',
	'https://example.com/a.png',
	'2027-05-01',
	'Straße 5',
];

/** Values that exist in the account, so that inputs pass the first checks. */
function existingIds(): unknown[] {
	const { drivers, records, attributes, qualificationTypes } = sim.state;
	return [
		...first(drivers, records, attributes, qualificationTypes),
		...assets(),
		...[...drivers.values()]
			.slice(0, 4)
			.flatMap(({ externalIds }) => Object.entries(externalIds).map((pair) => pair.join(':'))),
		...[...attributes.values(), ...qualificationTypes.values()].map(({ name }) => name),
	];
}

function first(...maps: Array<Map<string, unknown>>): string[] {
	return maps.flatMap((map) => [...map.keys()].slice(0, 4));
}

const assets = () => first(sim.state.vehicles, sim.state.trailers, sim.state.equipment);

/** The entity of a run: without this choice, few inputs would fit together and reach Samsara. */
interface Subject {
	type: QualificationType;
	isDriver: boolean;
}

/** Suitable values by parameter name. */
function fitting({ name, options = [] }: INodeProperties, { type, isDriver }: Subject): unknown[] {
	const { drivers, vehicles, trailers, equipment, records, tags } = sim.state;
	const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
	const owners = () => (isDriver ? first(drivers) : assets());
	const byName: Record<string, () => unknown[]> = {
		attribute: () => definedAttributes(isDriver).map(({ id }) => id),
		assetId: assets,
		attributeId: () => definedAttributes(isDriver).map(({ id }) => id),
		driverId: () => first(drivers),
		entityId: owners,
		entityType: () => choices.filter((kind) => isDriver === (kind !== 'asset')),
		equipmentId: () => first(equipment),
		externalId: () => ['hrCardId:1', 'hrCardId:2'],
		fieldsMode: () => ['form', 'form', 'json'],
		ownerId: owners,
		owners,
		parentTagIds: () => first(tags),
		qualificationType: () => [type.id],
		qualificationTypes: () => [type.id],
		recordId: () =>
			[...records.values()].filter(({ typeId }) => typeId === type.id).map(({ id }) => id),
		staticAssignedDriverId: () => first(drivers),
		staticAssignedVehicleId: () => first(vehicles),
		tagIds: () => first(tags),
		trailerId: () => first(trailers),
		username: () => ['ada', 'ada.byron', 'a1', 'a2', 'a3', 'a4'],
		vehicleId: () => first(vehicles),
	};
	const fits = byName[name]?.() ?? choices;
	return fits.length > 0 ? fits : existingIds();
}

const definedAttributes = (isDriver: boolean) =>
	[...sim.state.attributes.values()].filter(
		({ entityType }) => (entityType === 'driver') === isDriver,
	);

const often = (likely: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 15, arbitrary: likely }, { weight: 1, arbitrary: invalidValues });

function valueFor(property: INodeProperties, subject: Subject): fc.Arbitrary<unknown> {
	const fits = () => fc.constantFrom(...fitting(property, subject));
	switch (property.type) {
		case 'options':
		case 'resourceLocator':
			return often(fits());
		case 'multiOptions':
			return often(fc.array(fits(), { maxLength: 4 }));
		case 'boolean':
			return often(fc.boolean());
		case 'number':
			return often(fc.integer({ min: -1, max: 120 }));
		case 'dateTime':
			return often(
				fc.constantFrom(
					...(property.name === 'issueDate' ? ['2025-02-01'] : []),
					'2026-01-15',
					'2028-01-15T10:00:00Z',
					'2027-05-01T00:00:00.000+02:00',
				),
			);
		case 'json':
			return often(fieldsJson(subject));
		default:
			return often(
				fc.oneof(
					{ weight: 2, arbitrary: fc.constantFrom(...TEXTS) as fc.Arbitrary<unknown> },
					{ weight: 1, arbitrary: fits() },
				),
			);
	}
}

/** A record's fields as JSON: properties that belong together, and some that do not. */
function fieldsJson({ type }: Subject): fc.Arbitrary<unknown> {
	const inner = fc.oneof(
		fc.record({ value: fc.oneof(fc.constantFrom('x', 3, '2027-01-01T00:00:00Z'), invalidValues) }),
		fc.record({ valueId: fc.oneof(fc.uuid(), invalidValues) }),
		fc.record({ valueIds: fc.oneof(fc.array(fc.uuid(), { maxLength: 2 }), invalidValues) }),
		fc.record({ mediaList: fc.array(fc.record({ id: fc.uuid() })) }),
		fc.record({ media: fc.record({ base64Payload: invalidValues, mediaType: invalidValues }) }),
		fc.record({ rows: fc.array(fc.record({ id: fc.uuid(), cells: fc.array(invalidValues) })) }),
		invalidValues,
	);
	const entries = type.fields.map((field) =>
		fc
			.record({
				fits: fc.boolean(),
				inner,
				more: fc.oneof(fc.constant({}), fc.record({ odd: invalidValues })),
			})
			.map(({ fits, inner: value, more }) => ({
				id: field.id,
				type: field.type,
				[VALUE_MEMBERS[field.type] ?? 'textValue']:
					fits && field.type === 'text' ? { value: 'E1' } : value,
				...more,
			})),
	);
	return fc
		.tuple(...(entries as Array<fc.Arbitrary<unknown>>))
		.chain((list) => fc.subarray(list))
		.map((list) => JSON.stringify(list));
}

const VALUE_MEMBERS: Record<string, string> = {
	text: 'textValue',
	number: 'numberValue',
	datetime: 'dateTimeValue',
	multiple_choice: 'multipleChoiceValue',
	check_boxes: 'checkBoxesValue',
	table: 'tableValue',
	media: 'mediaValue',
	signature: 'signatureValue',
};

/**
 * A parameter whose leaves are expressions, and the values of each item for them. n8n treats an expression for a whole
 * collection as an empty collection, so all items of a run have the same fields in it.
 */
interface Shape {
	parameter: unknown;
	leaves: Record<string, fc.Arbitrary<unknown>>;
}

function leaf(key: string, value: fc.Arbitrary<unknown>): Shape {
	return { parameter: `={{ $json[${JSON.stringify(key)}] }}`, leaves: { [key]: value } };
}

function shapeOf(property: INodeProperties, key: string, subject: Subject): fc.Arbitrary<Shape> {
	const { type, name, options = [] } = property;
	if (type === 'collection') {
		const members = options as INodeProperties[];
		const isOptions = name === 'options';
		return fc
			.subarray(members, { maxLength: Math.min(isOptions ? 1 : 4, members.length) })
			.chain((some) => shapesOf(some, key, subject));
	}
	if (type === 'fixedCollection') {
		const groups = options.flatMap((group) => ('values' in group ? [group] : []));
		return together(
			groups.map((group) => [
				group.name,
				fc.nat(property.typeOptions?.multipleValues ? 2 : 0).chain((more) => {
					const rows = Array.from({ length: more + 1 }, (_, row) =>
						shapesOf(group.values, `${key}.${group.name}.${row}`, subject),
					);
					return together(rows.map((row, at) => [String(at), row])).map(
						({ parameter, leaves }) => ({
							parameter: property.typeOptions?.multipleValues
								? Object.values(parameter as object)
								: Object.values(parameter as object)[0],
							leaves,
						}),
					);
				}),
			]),
		);
	}
	if (type === 'resourceMapper') return mapper(name, key, subject);
	const shape = leaf(key, valueFor(property, subject));
	if (type !== 'resourceLocator') return fc.constant(shape);
	return fc.constant({ ...shape, parameter: { __rl: true, mode: 'id', value: shape.parameter } });
}

/** A form that is filled in, set by an expression, or mapped automatically from the items' columns. */
function mapper(name: string, key: string, subject: Subject): fc.Arbitrary<Shape> {
	const fields =
		name === 'fields'
			? subject.type.fields.map((field) => ({
					...field,
					values: (field.options ?? []).map(({ label }) => label),
				}))
			: definedAttributes(subject.isDriver).map((attribute) => ({
					...attribute,
					isRequired: false,
					label: attribute.name,
					type: attribute.attributeType,
					values: [...attribute.values.map(({ stringValue }) => stringValue)],
				}));
	const valueOf = ({ type, values }: { type: string; values: string[] }) => {
		if (values.length > 0) return often(fc.constantFrom(...values, values.join(', ')));
		if (type === 'number') return often(fc.constantFrom(12, '7'));
		return often(fc.constantFrom('2027-05-01', 'E1'));
	};
	const required = fields.filter(({ isRequired }) => isRequired);
	return fc
		.record({
			some: fc.subarray(fields.filter((field) => !required.includes(field))),
			kind: fc.constantFrom('form', 'form', 'whole', 'items'),
		})
		.map(({ some, kind }) => {
			const chosen = [...required, ...some];
			if (kind === 'items') {
				const columns = chosen.map((field) => [field.label, valueOf(field)]);
				return {
					parameter: { mappingMode: 'autoMapInputData', value: null },
					leaves: Object.fromEntries(columns) as Shape['leaves'],
				};
			}
			const whole = leaf(
				key,
				fc.oneof(
					invalidValues,
					fc.dictionary(fc.constantFrom(...fields.map(({ id }) => id)), invalidValues),
				),
			);
			const parts = chosen.map(
				(field) => [field.id, leaf(`${key}.${field.id}`, valueOf(field))] as const,
			);
			return {
				parameter: {
					mappingMode: 'defineBelow',
					value:
						kind === 'whole'
							? whole.parameter
							: Object.fromEntries(parts.map(([id, { parameter }]) => [id, parameter])),
				},
				leaves:
					kind === 'whole'
						? whole.leaves
						: Object.assign({}, ...parts.map(([, part]) => part.leaves)),
			};
		});
}

function shapesOf(properties: INodeProperties[], key: string, subject: Subject) {
	return together(
		properties.map((property) => [
			property.name,
			shapeOf(property, key === '' ? property.name : `${key}.${property.name}`, subject),
		]),
	);
}

function together(shapes: Array<[string, fc.Arbitrary<Shape>]>): fc.Arbitrary<Shape> {
	return fc.record(Object.fromEntries(shapes)).map((created) => ({
		parameter: Object.fromEntries(
			Object.entries(created).map(([name, { parameter }]) => [name, parameter]),
		),
		leaves: Object.assign({}, ...Object.values(created).map(({ leaves }) => leaves)),
	}));
}

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		title: `${resource.value}: ${operation.value}`,
		resource,
		operation,
	})),
);

describe.each(operations)('$title', ({ resource, operation }) => {
	test(`${ITEMS_A_RUN * RUNS} generated inputs: no run crashes, nothing malformed is sent, messages are clear, the token stays hidden`, async () => {
		const properties = operation.properties.filter(({ type }) => type !== 'notice');
		const runs = fc
			.constantFrom(...sim.state.qualificationTypes.values())
			.map((type) => ({
				type,
				isDriver:
					resource.value === 'driver' ||
					(!ATTRIBUTE_ENTITIES.includes(resource.value as never) && type.entityType === 'worker'),
			}))
			.chain((subject) => shapesOf(properties, '', subject))
			.chain(({ parameter, leaves }) =>
				fc.record({
					parameters: fc.constant(parameter as INodeParameters),
					rows: fc.array(fc.record(leaves), { minLength: ITEMS_A_RUN, maxLength: ITEMS_A_RUN }),
				}),
			);

		await fc.assert(
			fc.asyncProperty(runs, async ({ parameters, rows }) => {
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
				for (const { status, body, method, path, query, violation } of sim.requests) {
					expect({ violation, method, path, query, body }).toMatchObject({
						violation: undefined,
					});
					expect({ status, method, path, body }).not.toMatchObject({ status: 500 });
					expect(path).not.toMatch(/(^|\/)\.{1,2}(\/|$)|\s|\/\//);
				}
				if (
					!operation.value.startsWith('get') &&
					!['checkCompliance', 'downloadFiles'].includes(operation.value)
				) {
					expect(answered.size).toBe(rows.length);
				}
			}),
			{ numRuns: RUNS, endOnFailure: true, seed: SEED },
		);
	}, 120_000);
});

test('at least 10,000 inputs were tried', () => {
	expect(inputs).toBeGreaterThanOrEqual(ITEMS_A_RUN * RUNS * operations.length);
	expect(inputs).toBeGreaterThanOrEqual(10_000);
});
