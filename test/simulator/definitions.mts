import { valueTypeOf, valueIds } from './assignments.mts';
import type { Backend } from './endpoint.mts';
import { invalid } from './errors.mts';
import { integer, withoutUndefined } from './json.mts';
import type { State } from './state.mts';
import type { Attribute, Json, JsonObject } from './types.mts';

const MAX_DISTINCT_VALUES = 1000;

/** The allowed values of an attribute in a request. */
export interface DefinedValues {
	stringValues?: string[];
	numberValues?: number[];
}

/**
 * An attribute in the list. In the current contract only numbers have a `unit`, `values` have IDs, and the lists of free
 * text are null, as documented. An attribute of the legacy contract looks as it does in the vendor's guide.
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
 * An attribute with its entities. `entityId` is a JSON number that is exact beyond 2^53, or a string for an attribute of
 * the legacy contract, as in the vendor's guide.
 */
export function expand({ state, settings }: Backend, attribute: Attribute): JsonObject {
	const isLegacy = attribute.attributeValueQuantity !== undefined;
	const isFree = !valueTypeOf(attribute).restricted;
	const isHidden = settings.attributeEntityValues === 'null' && isFreeText(attribute);
	const entities: Json[] = [];
	for (const entity of state.entitiesOf(attribute.entityType)) {
		const assigned = entity.attributes.find(({ attributeId }) => attributeId === attribute.id);
		if (assigned === undefined) continue;
		const ids = valueIds(attribute, assigned);
		entities.push(
			withoutUndefined({
				entityId: isLegacy ? entity.id : integer(entity.id),
				name: entity.name,
				externalIds: { ...entity.externalIds },
				stringValues: assigned.stringValues,
				numberValues: assigned.numberValues,
				dateValues: assigned.dateValues,
				values:
					isLegacy || isFree
						? undefined
						: attribute.values.filter(({ id }) => ids.includes(id)).map((value) => ({ ...value })),
				...(isHidden && { stringValues: null, numberValues: null, values: null }),
			}),
		);
	}
	return { ...describe(attribute), entities };
}

function isFreeText({ attributeType }: Attribute): boolean {
	return attributeType === 'text' || attributeType === 'freeform-multi-select';
}

/**
 * Sets the allowed values of an attribute. Values that stay keep their IDs.
 * @throws ApiError 400 for a list that does not match the type, or more than 1000 values
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
	if (Math.max(strings.length, numbers.length) > MAX_DISTINCT_VALUES) {
		const name = strings.length > 0 ? 'stringValues' : 'numberValues';
		throw invalid(`${name}: an attribute can have at most ${MAX_DISTINCT_VALUES} distinct values`);
	}
	const ids = new Map(attribute.values.map(({ id, stringValue }) => [stringValue, id]));
	attribute.values = strings.map((stringValue) => ({
		id: ids.get(stringValue) ?? state.newUuid(),
		stringValue,
	}));
	attribute.numberValues = numbers;
}
