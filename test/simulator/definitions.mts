import { valueTypeOf, valueIds } from './assignments.mts';
import type { Backend } from './endpoint.mts';
import { invalid } from './errors.mts';
import { integer, present } from './json.mts';
import type { State } from './state.mts';
import type { Attribute, Json, JsonObject } from './types.mts';

const DISTINCT_VALUES = 1000;

/** The prescribed values of a definition, as requests carry them. */
export interface DefinedValues {
	stringValues?: string[];
	numberValues?: number[];
}

/**
 * An attribute as the list answers it. Today's contract: `unit` only on numbers, `values` with ids,
 * and null lists for free text, as documented. One made through the older contract is answered as the vendor's guide prints it.
 */
export function describe(attribute: Attribute): JsonObject {
	const { id, name, entityType, attributeType, attributeValueQuantity, values } = attribute;
	const stringValues = values.map(({ stringValue }) => stringValue);
	const { numberValues } = attribute;
	const isNumber = attributeType === 'number';
	if (attributeValueQuantity !== undefined) {
		const allowed: JsonObject = isNumber ? { numberValues } : { stringValues };
		return { name, id, entityType, attributeType, attributeValueQuantity, ...allowed };
	}
	const common = { id, name, entityType, attributeType };
	if (isNumber) {
		return {
			...common,
			unit: attribute.unit ?? 'NO_UNIT',
			stringValues: [],
			numberValues,
			values: [],
		};
	}
	if (isFreeText(attribute)) {
		return { ...common, stringValues: null, numberValues: null, values: null };
	}
	return {
		...common,
		stringValues,
		numberValues: [],
		values: values.map((value) => ({ ...value })),
	};
}

/**
 * An attribute with the entities that hold it. `entityId` is a JSON number, exact beyond 2^53; only
 * an attribute of the older contract has it as text, as the vendor's guide prints it.
 */
export function expand({ state, settings }: Backend, attribute: Attribute): JsonObject {
	const older = attribute.attributeValueQuantity !== undefined;
	const free = !valueTypeOf(attribute).restricted;
	const hidden = settings.attributeEntityValues === 'null' && isFreeText(attribute);
	const entities: Json[] = [];
	for (const entity of state.entitiesOf(attribute.entityType)) {
		const assigned = entity.attributes.find(({ attributeId }) => attributeId === attribute.id);
		if (assigned === undefined) continue;
		const ids = valueIds(attribute, assigned);
		entities.push(
			present({
				entityId: older ? entity.id : integer(entity.id),
				name: entity.name,
				externalIds: { ...entity.externalIds },
				stringValues: assigned.stringValues,
				numberValues: assigned.numberValues,
				dateValues: assigned.dateValues,
				values:
					older || free
						? undefined
						: attribute.values.filter(({ id }) => ids.includes(id)).map((value) => ({ ...value })),
				...(hidden && { stringValues: null, numberValues: null, values: null }),
			}),
		);
	}
	return { ...describe(attribute), entities };
}

function isFreeText({ attributeType }: Attribute): boolean {
	return attributeType === 'text' || attributeType === 'freeform-multi-select';
}

/**
 * Gives an attribute its prescribed values; values that stay keep their ids.
 * @throws ApiError 400 for a list that does not belong to the type, or more than 1000 values
 */
export function defineValues(state: State, attribute: Attribute, input: DefinedValues): void {
	const { attributeType } = attribute;
	const strings = [...new Set(input.stringValues ?? [])];
	const numbers = [...new Set(input.numberValues ?? [])];
	const takesStrings = valueTypeOf(attribute).restricted && attributeType !== 'number';
	if (strings.length > 0 && !takesStrings) {
		throw invalid(`stringValues: not allowed on an attribute of type ${attributeType}`);
	}
	if (numbers.length > 0 && attributeType !== 'number') {
		throw invalid(`numberValues: not allowed on an attribute of type ${attributeType}`);
	}
	if (strings.includes('')) throw invalid('stringValues: values cannot be empty');
	if (Math.max(strings.length, numbers.length) > DISTINCT_VALUES) {
		const name = strings.length > 0 ? 'stringValues' : 'numberValues';
		throw invalid(`${name}: an attribute can have at most ${DISTINCT_VALUES} distinct values`);
	}
	const ids = new Map(attribute.values.map(({ id, stringValue }) => [stringValue, id]));
	attribute.values = strings.map((stringValue) => ({
		id: ids.get(stringValue) ?? state.newUuid(),
		stringValue,
	}));
	attribute.numberValues = numbers;
}
