import type { Attribute, AttributeValues } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { valueTypeOf } from './attributeValueType';
import { attributeText } from '../entityRow';
import { attributeItem, type AttributeInput } from './attributeValues';

/** The guide's limit. */
export const MAX_ATTRIBUTES = 20;

export interface AttributeChange {
	inputs: AttributeInput[];
	cleared: Attribute[];
	/** The entity's other attributes stay, or all of them go. */
	mode: 'merge' | 'replace';
}

/**
 * The whole set of attributes to send for an entity. It means the same whether Samsara merges what it gets into what
 * is there or replaces it, which is not documented for drivers and vehicles: kept attributes are sent along, and
 * those that go are sent without values.
 *
 * @param existing what the entity has now; an attribute without values has some that could not be read
 * @param replaces true where an array is documented to replace (trailers, equipment): what goes is then left out
 * @throws InvalidInputError for more than 20 attributes on one entity, and an unread value that is to stay
 */
export function mergeAttributes(
	existing: AttributeValues[],
	{ inputs, cleared, mode }: AttributeChange,
	definitions: Attribute[],
	replaces: boolean,
): AttributeValues[] {
	const newAttributes = inputs.map((one) => itemFor(one, existing));
	const clearedIds = new Set(cleared.map(({ id }) => id));
	const others = existing.filter((item) => !newAttributes.some((one) => isSame(one, item)));
	const isKept = (item: AttributeValues) =>
		mode === 'merge' && ![...clearedIds].some((id) => id === idOf(item, definitions));
	const kept = others.filter(isKept).map(withoutEmptyLists);
	const unread = kept.find((item) => Object.keys(mapLists(item, (values) => values)).length === 0);
	if (unread) {
		throw new InvalidInputError(
			`The value of '${unread.name}' cannot be read, and would be lost`,
			"Give the API token the scope 'Read Assets', or choose a new value for it too.",
		);
	}
	const count = kept.length + newAttributes.length;
	if (count > MAX_ATTRIBUTES && count > existing.length) {
		throw new InvalidInputError(
			`'Attributes' would give it ${count} attributes, and Samsara takes ${MAX_ATTRIBUTES}`,
			"Pick attributes under 'Attributes to Clear', or set fewer.",
		);
	}
	if (replaces) return [...kept, ...newAttributes];
	return [
		...kept,
		...newAttributes,
		...others.filter((item) => !isKept(item)).map((item) => withEmptyLists(item, definitions)),
	];
}

/** Text that is what a row shows of several values means these values, whatever commas they hold. */
function itemFor({ attribute, values, text }: AttributeInput, existing: AttributeValues[]) {
	const item = attributeItem(attribute, values);
	const now = existing.find((one) => isSame(one, item));
	const isShown = now !== undefined && text !== undefined && text === attributeText(now);
	return isShown ? { ...item, ...mapLists(now, (held) => held) } : item;
}

/** Only members that requests take, and no empty lists. */
function withoutEmptyLists(item: AttributeValues): AttributeValues {
	const { id, name } = item;
	return { ...(id && { id }), ...(name && { name }), ...mapLists(item, (values) => values) };
}

/** Without its values: those that were not read are in the list that the attribute's type takes. */
function withEmptyLists(item: AttributeValues, definitions: Attribute[]): AttributeValues {
	const { id, name } = item;
	const definition = definitions.find((one) => one.id === idOf(item, definitions));
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

function isSame(one: AttributeValues, other: AttributeValues): boolean {
	return one.id !== undefined && other.id !== undefined
		? one.id === other.id
		: one.name === other.name;
}

function idOf({ id, name }: AttributeValues, definitions: Attribute[]): string | undefined {
	return id ?? definitions.find((definition) => definition.name === name)?.id;
}
