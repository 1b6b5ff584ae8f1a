import type { Attribute, AttributeValues } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { isValueOf, valueTypeOf } from './attributeValueType';
import { attributeText } from '../entityRow';
import { attributeItem, type AttributeInput } from './attributeValues';

/** Samsara's documented limit for one entity. */
export const MAX_ATTRIBUTES = 20;

export interface AttributeChange {
	inputs: AttributeInput[];
	cleared: Attribute[];
	/** Whether the entity's other attributes stay or are removed. */
	mode: 'merge' | 'replace';
}

/**
 * The whole set of attributes to send for an entity. The result is the same whether Samsara merges or replaces attributes,
 * which is not documented for drivers and vehicles: attributes that stay are sent too, and removed ones without values.
 *
 * @param existing the entity's current attributes; one without values has some that could not be read
 * @param replaces true if the array is documented to replace all (trailers, equipment): removed attributes are left out
 * @throws InvalidInputError for more than 20 attributes on one entity, and if an attribute that stays could not be read
 */
export function mergeAttributes(
	existing: AttributeValues[],
	{ inputs, cleared, mode }: AttributeChange,
	definitions: Attribute[],
	replaces: boolean,
): AttributeValues[] {
	const newAttributes = inputs.map((input) => itemFor(input, existing));
	const others = existing.filter(
		(item) => !inputs.some(({ attribute }) => isValueOf(item, attribute)),
	);
	const isKept = (item: AttributeValues) =>
		mode === 'merge' && !cleared.some((attribute) => isValueOf(item, attribute));
	const kept = others.filter(isKept).map(withoutEmptyLists);
	const unreadable = kept.find((item) => attributeText(item) === undefined);
	if (unreadable) {
		throw new InvalidInputError(
			`The value of '${unreadable.name}' cannot be read and would be lost`,
			"Give the API token the scope 'Read Assets', or set a new value for this attribute too.",
		);
	}
	const count = kept.length + newAttributes.length;
	if (count > MAX_ATTRIBUTES && count > existing.length) {
		throw new InvalidInputError(
			`'Attributes' would result in ${count} attributes, but Samsara accepts at most ${MAX_ATTRIBUTES}`,
			"Choose attributes to remove under 'Attributes to Clear', or set fewer.",
		);
	}
	if (replaces) return [...kept, ...newAttributes];
	return [
		...kept,
		...newAttributes,
		...others.filter((item) => !isKept(item)).map((item) => withEmptyLists(item, definitions)),
	];
}

/** Text that equals what a row shows for several values stands for these values, even if they contain commas. */
function itemFor({ attribute, values, text }: AttributeInput, existing: AttributeValues[]) {
	const item = attributeItem(attribute, values);
	const current = existing.find((other) => isValueOf(other, attribute));
	const isShown = current !== undefined && text !== undefined && text === attributeText(current);
	return isShown ? { ...item, ...mapLists(current, (list) => list) } : item;
}

/** Only what requests accept, without empty lists. */
function withoutEmptyLists(item: AttributeValues): AttributeValues {
	const { id, name } = item;
	return { ...(id && { id }), ...(name && { name }), ...mapLists(item, (values) => values) };
}

/** The attribute without values. If they could not be read, the list for its type is sent empty. */
function withEmptyLists(item: AttributeValues, definitions: Attribute[]): AttributeValues {
	const { id, name } = item;
	const definition = definitions.find((candidate) => isValueOf(item, candidate));
	return {
		...(id && { id }),
		...(name && { name }),
		...(definition && { [valueTypeOf(definition).list]: [] }),
		...mapLists(item, () => []),
	};
}

function mapLists<T>(item: AttributeValues, mapValues: (values: Array<string | number>) => T) {
	return Object.fromEntries(
		(['stringValues', 'numberValues', 'dateValues'] as const).flatMap((list) =>
			item[list]?.length ? [[list, mapValues(item[list])]] : [],
		),
	);
}
