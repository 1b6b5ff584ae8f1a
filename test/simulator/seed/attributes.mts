import type { State } from '../state.mts';
import type { Assignment, Attribute, AttributeEntityType, AttributeType } from '../types.mts';
import type { Random } from './random.mts';

const DAY_MS = 24 * 3600 * 1000;

interface Plan {
	entityType: AttributeEntityType;
	name: string;
	attributeType: AttributeType;
	quantity?: 'single' | 'multi';
	unit?: string;
	/** The allowed values, or examples if any value is allowed. */
	values: Array<string | number>;
	/** The range of dates, in days from today. */
	days?: [number, number];
}

/** All six current types for both entity types, and the four types of the legacy contract. */
const PLANS: Plan[] = [
	{
		entityType: 'driver',
		name: 'License Class',
		attributeType: 'single-select',
		values: ['Class A', 'Class B', 'Class C', 'Non CDL'],
	},
	{
		entityType: 'driver',
		name: 'Endorsements',
		attributeType: 'multi-select',
		values: ['Hazmat', 'Tanker', 'Doubles/Triples', 'Passenger'],
	},
	{
		entityType: 'driver',
		name: 'Home Terminal',
		attributeType: 'text',
		values: ['Seattle Harbor', 'Spokane Yard', 'Portland Hub'],
	},
	{
		entityType: 'driver',
		name: 'Languages',
		attributeType: 'freeform-multi-select',
		values: ['English', 'Spanish', 'Punjabi', 'Tagalog', 'Ukrainian'],
	},
	{
		entityType: 'driver',
		name: 'Years of Experience',
		attributeType: 'number',
		unit: 'NO_UNIT',
		values: [1, 2.5, 4, 7, 12, 21],
	},
	{
		entityType: 'driver',
		name: 'Hire Date',
		attributeType: 'date',
		values: [],
		days: [-3000, -30],
	},
	{
		entityType: 'driver',
		name: 'License Type',
		attributeType: 'string',
		quantity: 'multi',
		values: ['Class A', 'Class B', 'Class C', 'Non CDL'],
	},
	{
		entityType: 'driver',
		name: 'Pay Grade',
		attributeType: 'number',
		quantity: 'single',
		values: [1, 2, 3, 4, 5],
	},
	{
		entityType: 'asset',
		name: 'Ownership Type',
		attributeType: 'single-select',
		values: ['Owned', 'Leased', 'Rented'],
	},
	{
		entityType: 'asset',
		name: 'Permits',
		attributeType: 'multi-select',
		values: ['Oversize', 'Overweight', 'Hazmat Route', 'Night Delivery'],
	},
	{
		entityType: 'asset',
		name: 'Parking Spot',
		attributeType: 'text',
		values: ['Row A 12', 'Row C 3', 'Dock 7'],
	},
	{
		entityType: 'asset',
		name: 'Installed Options',
		attributeType: 'freeform-multi-select',
		values: ['Liftgate', 'Dash camera', 'Reefer', 'APU'],
	},
	{
		entityType: 'asset',
		name: 'Vehicle Length',
		attributeType: 'number',
		unit: 'FOOT',
		values: [22, 26.5, 48, 53],
	},
	{ entityType: 'asset', name: 'Lease End', attributeType: 'date', values: [], days: [20, 900] },
	{
		entityType: 'asset',
		name: 'Fuel Type',
		attributeType: 'string',
		quantity: 'single',
		values: ['Diesel', 'CNG', 'Electric'],
	},
	{
		entityType: 'asset',
		name: 'Approved Axle Loads',
		attributeType: 'number',
		quantity: 'multi',
		values: [12000, 20000, 34000],
	},
];

/** Creates the attributes and assigns each of them to about two thirds of the entities. */
export function seedAttributes(state: State, random: Random, today: Date): void {
	for (const plan of PLANS) {
		const attribute = define(plan, random);
		state.attributes.set(attribute.id, attribute);
		state.entitiesOf(plan.entityType).forEach((entity, number) => {
			// The first two entities have all attributes, so that tests can rely on them.
			if (number >= 2 && random.next() < 0.35) return;
			entity.attributes.push(assignment(attribute.id, plan, random, today));
		});
	}
}

/** Creates additional text attributes on the last driver, vehicle, trailer and piece of equipment. */
export function seedExtraAttributes(state: State, random: Random, count: number): void {
	const { drivers, vehicles, trailers, equipment } = state;
	for (const [entityType, collections] of [
		['driver', [drivers]],
		['asset', [vehicles, trailers, equipment]],
	] as const) {
		const entities = collections.flatMap((collection) => [...collection.values()].slice(-1));
		for (let number = 1; number <= count; number += 1) {
			const plan: Plan = { entityType, name: `Extra ${number}`, attributeType: 'text', values: [] };
			const attribute = define(plan, random);
			state.attributes.set(attribute.id, attribute);
			for (const { attributes } of entities) {
				attributes.push({ attributeId: attribute.id, stringValues: [`Value ${number}`] });
			}
		}
	}
}

function define(plan: Plan, random: Random): Attribute {
	const { name, entityType, attributeType, quantity, unit, values } = plan;
	const isRestricted = quantity !== undefined || attributeType.endsWith('-select');
	const allowed = isRestricted && attributeType !== 'freeform-multi-select' ? values : [];
	const attribute: Attribute = {
		id: random.uuid(),
		name,
		entityType,
		attributeType,
		values: allowed
			.filter((value) => typeof value === 'string')
			.map((stringValue) => ({ id: random.uuid(), stringValue })),
		numberValues: allowed.filter((value) => typeof value === 'number'),
	};
	if (quantity !== undefined) attribute.attributeValueQuantity = quantity;
	if (unit !== undefined) attribute.unit = unit;
	return attribute;
}

function assignment(attributeId: string, plan: Plan, random: Random, today: Date): Assignment {
	const { attributeType, quantity, values, days } = plan;
	if (days !== undefined) {
		const date = new Date(today.getTime() + random.whole(...days) * DAY_MS);
		return { attributeId, dateValues: [date.toISOString().slice(0, 10)] };
	}
	const isMulti = quantity === 'multi' || attributeType.endsWith('multi-select');
	const start = random.whole(0, values.length - 1);
	const count = isMulti ? random.whole(1, 2) : 1;
	const assigned = [...values, ...values].slice(start, start + count);
	return attributeType === 'number'
		? { attributeId, numberValues: assigned.filter((value) => typeof value === 'number') }
		: { attributeId, stringValues: assigned.filter((value) => typeof value === 'string') };
}
