import * as fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { itemsOf, locator, runSamsara, speedUp } from '../../../../samsara';
import {
	startSimulator,
	type Assignment,
	type Attribute,
	type Entity,
	type Settings,
	type Simulator,
} from '../../../../simulator/index.mts';

/*
 * For random accounts and items, and for each way in which Samsara may interpret arrays and represent missing values: only
 * values that an item names change, items report what was really written, and every item gets a row or an error.
 */

/** Fixed, so that every run has the same input. Change it to search for other failures. */
const SEED = 20261126;

const RUNS = 25;

const CARRIERS = ['driver', 'vehicle', 'trailer', 'equipment'] as const;

type Carrier = (typeof CARRIERS)[number];

type Values = Array<string | number>;

/** Input for an attribute of a type, and the values that result; undefined if the input is invalid. */
const GIVEN: Record<string, Array<[given: unknown, values?: Values]>> = {
	text: [
		['Yard', ['Yard']],
		['Dock 7, left', ['Dock 7, left']],
		[['a', 'b'], undefined],
	],
	'freeform-multi-select': [
		['Sami, Finnish', ['Sami', 'Finnish']],
		[
			['Smith, John', 'Finnish'],
			['Smith, John', 'Finnish'],
		],
	],
	date: [
		['2027-01-15', ['2027-01-15']],
		['2027-02-30', undefined],
	],
	number: [
		['12.5', [12.5]],
		[7, [7]],
		['about 7', undefined],
	],
};

/** One change of one attribute of one entity, chosen by numbers, so that fast-check can shrink failures. */
const wish = fc.record({
	entity: fc.nat({ max: 20 }),
	/** Whether the entity is named by external ID, if it has one. */
	isExternal: fc.boolean(),
	attribute: fc.nat({ max: 20 }),
	value: fc.nat({ max: 20 }),
	isCleared: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
	mode: fc.constantFrom('merge', 'merge', 'merge', 'replace'),
});

type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

const account = fc.record({
	settings: fc.record({
		attributeWrites: fc.constantFrom('merge', 'replace'),
		attributeEntities: fc.constantFrom('merge', 'replace'),
		attributeEntityValues: fc.constantFrom('actual', 'null'),
		nulls: fc.constantFrom('none', 'empty', 'null', 'missing'),
		repeatEntries: fc.boolean(),
		pageSize: fc.constantFrom(undefined, 2),
	}) as fc.Arbitrary<Partial<Settings>>,
	/** What the token may not read. It may always read attributes. */
	unreadable: fc.constantFrom<string[]>(
		[],
		[],
		[],
		['Read Assets'],
		['Read Drivers', 'Read Vehicles'],
	),
	extraAttributes: fc.constantFrom(0, 0, 12, 20),
	/** Which attributes of the seed are removed from entities. */
	lost: fc.array(fc.boolean(), { minLength: 13, maxLength: 13 }),
	addMissingValues: fc.boolean(),
	onError: fc.constantFrom<INode['onError']>(
		'continueRegularOutput',
		'continueRegularOutput',
		'continueRegularOutput',
		'stopWorkflow',
	),
});

type Account = typeof account extends fc.Arbitrary<infer T> ? T : never;

/** The change that an item describes: the expected values, or undefined for invalid input. */
interface Named {
	entity?: Entity;
	attribute: Attribute;
	values?: Values;
}

interface Ask {
	json: IDataObject;
	named: Named[];
	/** True if nothing prevents the change. */
	isSound: boolean;
}

let restoreClock: () => void;

beforeAll(() => {
	restoreClock = speedUp(1000);
});

afterAll(() => restoreClock());

const SCOPES = ['Attributes', 'Drivers', 'Vehicles', 'Trailers', 'Equipment', 'Assets'].flatMap(
	(name) => [`Read ${name}`, `Write ${name}`],
);

async function started({ settings, unreadable, extraAttributes, lost }: Account) {
	const sim = await startSimulator({
		drivers: 4,
		vehicles: 2,
		trailers: 2,
		equipment: 2,
		records: 0,
		extraAttributes,
		...settings,
	});
	if (unreadable.length > 0) {
		sim.settings.scopes = SCOPES.filter((scope) => !unreadable.includes(scope));
	}
	let place = 0;
	for (const entity of [...sim.state.entitiesOf('driver'), ...sim.state.entitiesOf('asset')]) {
		entity.attributes = entity.attributes.filter(() => !lost[place++ % lost.length]);
	}
	return sim;
}

function attributesOf(sim: Simulator, entityType: string): Attribute[] {
	return [...sim.state.attributes.values()].filter((one) => one.entityType === entityType);
}

function entitiesOf(sim: Simulator, carrier: Carrier | 'asset'): Entity[] {
	if (carrier === 'driver' || carrier === 'asset') return sim.state.entitiesOf(carrier);
	return [...sim.state.assetsOf(carrier).values()];
}

function valuesIn({ stringValues, numberValues, dateValues }: Partial<Assignment>): Values {
	return [...(stringValues ?? numberValues ?? dateValues ?? [])].sort();
}

/** All values of all entities, by `entity attribute`. */
function allValues(sim: Simulator): Map<string, Values> {
	const entities = [...sim.state.entitiesOf('driver'), ...sim.state.entitiesOf('asset')];
	return new Map(
		entities.flatMap(({ id, attributes }) =>
			attributes.map((assigned) => [`${id} ${assigned.attributeId}`, valuesIn(assigned)] as const),
		),
	);
}

function allowedIn(sim: Simulator): Map<string, Values> {
	return new Map(
		[...sim.state.attributes.values()].map(({ id, values, numberValues }) => [
			id,
			[...values.map(({ stringValue }) => stringValue), ...numberValues],
		]),
	);
}

function givenFor(
	{ attributeType, attributeValueQuantity, values, numberValues }: Attribute,
	choice: number,
	addMissing: boolean,
): { given: unknown; values?: Values } {
	const isFixed =
		attributeValueQuantity !== undefined || /^(single|multi)-select$/.test(attributeType);
	const isMany = attributeValueQuantity === 'multi' || attributeType === 'multi-select';
	let choices = GIVEN[attributeType] ?? [];
	if (isFixed) {
		const allowed: Values = [...values.map(({ stringValue }) => stringValue), ...numberValues];
		const fresh = attributeType === 'number' ? 99.5 : 'Brand New';
		choices = [
			...allowed.map((value): [unknown, Values] => [value, [value]]),
			[fresh, addMissing || allowed.includes(fresh) ? [fresh] : undefined],
			[allowed.slice(0, 2), isMany ? allowed.slice(0, 2) : undefined],
		];
	}
	const [input, read] = choices[choice % choices.length];
	return { given: input, values: read };
}

/** An ID of an entity. One in eight does not exist. */
function referenced(
	entities: Entity[],
	{ entity: number, isExternal }: Wish,
): { reference: string; entity?: Entity } {
	const entity = number % 8 === 7 ? undefined : entities[number % entities.length];
	if (!entity) return { reference: '404404' };
	const [external] = Object.entries(entity.externalIds);
	return { reference: isExternal && external ? external.join(':') : entity.id, entity };
}

/** Compares what a run did with what its items describe, in order. */
async function check(
	sim: Simulator,
	parameters: INode['parameters'],
	asks: Ask[],
	{ onError, unreadable }: Account,
): Promise<void> {
	const before = allValues(sim);
	const allowed = allowedIn(sim);
	const { output, error } = await runSamsara(sim, parameters, {
		items: itemsOf(...asks.map(({ json }) => json)),
		settings: { onError },
	});
	const messages = output.flatMap(({ json }) => (typeof json.error === 'string' ? json.error : []));
	for (const message of [...messages, ...(error ? [error.message] : [])]) {
		expect(message).toMatch(/\[item \d+\]/);
		expect(message).not.toMatch(/Cannot read|is not a function|undefined|\[object|not iterable/);
	}
	expect(sim.requests.filter(({ status }) => (status ?? 0) >= 500)).toEqual([]);
	const isDone = asks.map((_, index) => {
		const own = output.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index);
		if (error) return false;
		expect(own).toHaveLength(1);
		return typeof own[0].json.error !== 'string';
	});
	if (error) expect(onError).toBe('stopWorkflow');
	else if (unreadable.length === 0) {
		asks.forEach(({ isSound, json }, index) => {
			if (isSound) expect([json, output[index].json.error]).toEqual([json, undefined]);
		});
	}

	const possible = new Map<string, Values[]>();
	asks.forEach(({ named }, index) => {
		for (const { entity, attribute, values } of named) {
			if (isDone[index]) {
				expect(values).toBeDefined();
				// An entity that does not exist has no value, so removing it takes no request.
				if (values?.length) expect(entity).toBeDefined();
			}
			if (!entity || !values) continue;
			const key = `${entity.id} ${attribute.id}`;
			const sorted = [...values].sort();
			if (isDone[index]) possible.set(key, [sorted]);
			else possible.set(key, [...(possible.get(key) ?? [before.get(key) ?? []]), sorted]);
		}
	});
	const after = allValues(sim);
	for (const key of new Set([...before.keys(), ...after.keys(), ...possible.keys()])) {
		const options = possible.get(key) ?? [before.get(key) ?? []];
		expect([key, options]).toEqual([key, expect.arrayContaining([after.get(key) ?? []])]);
	}
	for (const [id, values] of allowed) {
		expect(allowedIn(sim).get(id)).toEqual(expect.arrayContaining(values));
	}
}

/** Whether the entity can get another attribute: it can have 20. */
function hasRoom({ entity, attribute }: Named, asked: number): boolean {
	const assigned = entity?.attributes ?? [];
	return assigned.some((one) => one.attributeId === attribute.id) || assigned.length + asked <= 20;
}

async function always(
	property: (sim: Simulator, around: Account, wishes: Wish[]) => Promise<void>,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(
			account,
			fc.array(wish, { minLength: 1, maxLength: 6 }),
			async (around, wishes) => {
				const sim = await started(around);
				try {
					await property(sim, around, wishes);
				} finally {
					await sim.close();
				}
			},
		),
		{ seed: SEED, numRuns: RUNS },
	);
}

it.each(['driver', 'asset'] as const)(
	'Assign to a %s',
	async (entityType) => {
		await always(async (sim, around, wishes) => {
			const { addMissingValues } = around;
			const attributes = attributesOf(sim, entityType);
			const asks = wishes.map((one): Ask => {
				const attribute = attributes[one.attribute % attributes.length];
				const { reference, entity } = referenced(entitiesOf(sim, entityType), one);
				const { given: input, values } = one.isCleared
					? { given: '', values: [] }
					: givenFor(attribute, one.value, addMissingValues);
				const named = { entity, attribute, values };
				return {
					json: { attribute: attribute.id, id: reference, value: input as string },
					named: [named],
					isSound: entity !== undefined && values !== undefined && hasRoom(named, wishes.length),
				};
			});
			await check(
				sim,
				{
					resource: 'attribute',
					operation: 'assign',
					entityType,
					attributeId: locator('={{ $json.attribute }}'),
					entityId: locator('={{ $json.id }}'),
					value: '={{ $json.value }}',
					options: { addMissingValues },
				},
				inAssignOrder(asks),
				around,
			);
		});
	},
	120_000,
);

/** If several items set the same value, the last one applies and all report it, as if each had set it. */
function inAssignOrder(asks: Ask[]): Ask[] {
	const keyOf = ({ entity, attribute }: Named) => `${entity?.id} ${attribute.id}`;
	return asks.map((ask) => {
		const rivals = asks.filter((other) => keyOf(other.named[0]) === keyOf(ask.named[0]));
		return { ...ask, isSound: rivals.every(({ isSound }) => isSound) };
	});
}

it.each(['driver', 'asset'] as const)(
	'Update > Assign To a %s',
	async (entityType) => {
		await always(async (sim, around, wishes) => {
			const attributes = attributesOf(sim, entityType);
			const asks = wishes
				.flatMap((one, n) => (n % 2 === 0 ? [[one, wishes[n + 1] ?? one]] : []))
				.map((group): Ask => {
					const attribute = attributes[group[0].attribute % attributes.length];
					const rows = group.map((one) => {
						const { reference, entity } = referenced(entitiesOf(sim, entityType), one);
						const { given: input, values } = givenFor(attribute, one.value, false);
						return { reference, given: input, named: { entity, attribute, values } };
					});
					const [first, second] = rows;
					return {
						json: {
							attribute: attribute.id,
							ids: rows.map(({ reference }) => reference),
							values: rows.map(({ given: input }) => input as string),
						},
						named: rows.map(({ named }) => named),
						isSound:
							(first.reference === second.reference ||
								first.named.entity !== second.named.entity) &&
							rows.every(
								({ named }) => named.entity && named.values && hasRoom(named, wishes.length),
							),
					};
				});
			await check(
				sim,
				{
					resource: 'attribute',
					operation: 'update',
					entityType,
					attributeId: locator('={{ $json.attribute }}'),
					updateFields: {
						entities: {
							entity: [0, 1].map((n) => ({
								entityId: locator(`={{ $json.ids[${n}] }}`),
								value: `={{ $json.values[${n}] }}`,
							})),
						},
					},
				},
				asks,
				around,
			);
		});
	},
	120_000,
);

it.each(CARRIERS)(
	'Set Attributes of a %s',
	async (carrier) => {
		await always(async (sim, around, wishes) => {
			const { addMissingValues } = around;
			const attributes = attributesOf(sim, carrier === 'driver' ? 'driver' : 'asset');
			const asks = wishes.map((one): Ask => {
				const { reference, entity } = referenced(entitiesOf(sim, carrier), one);
				const attribute = attributes[one.attribute % attributes.length];
				const second = attributes[(one.attribute + 1 + one.value) % attributes.length];
				const { given: input, values } = givenFor(attribute, one.value, addMissingValues);
				const cleared = one.isCleared && second !== attribute ? [second] : [];
				const others =
					one.mode === 'replace' ? attributes.filter((other) => other !== attribute) : cleared;
				const named = { entity, attribute, values };
				return {
					json: {
						id: reference,
						values: { [attribute.id]: input } as IDataObject,
						clear: cleared.map(({ id }) => id),
						mode: one.mode,
					},
					named: [
						named,
						...others.map((other) => ({ entity, attribute: other, values: [] as Values })),
					],
					isSound:
						entity !== undefined &&
						values !== undefined &&
						(carrier !== 'equipment' || reference === entity.id) &&
						hasRoom(named, wishes.length),
				};
			});
			await check(
				sim,
				{
					resource: carrier,
					operation: 'setAttributes',
					[`${carrier}Id`]: locator('={{ $json.id }}'),
					attributes: {
						mappingMode: 'defineBelow',
						value: Object.fromEntries(
							attributes.map(({ id }) => [id, `={{ $json.values['${id}'] }}`]),
						),
						schema: [],
					},
					clear: '={{ $json.clear }}',
					mode: '={{ $json.mode }}',
					options: { addMissingValues },
				},
				asks,
				around,
			);
		});
	},
	120_000,
);
