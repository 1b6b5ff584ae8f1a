import type { Attribute, AttributeValues } from '../api/types';
import { Refusal } from '../refusal';
import { kindOf } from './attributeKind';
import { attributeText } from './entityRow';
import { attributeItem, type GivenAttribute } from './attributeValues';

/** The guide's limit. */
export const MOST_ATTRIBUTES = 20;

export interface AttributeChange {
	given: GivenAttribute[];
	cleared: Attribute[];
	/** The entity's other attributes stay, or all of them go. */
	mode: 'merge' | 'replace';
}

/**
 * The whole set of attributes to send for an entity. It means the same whether Samsara merges what it gets into what
 * is there or replaces it, which is not documented for drivers and vehicles: kept attributes are sent along, and
 * those that go are sent without values.
 *
 * @param present what the entity has now; an attribute without values has some that could not be read
 * @param replaces true where an array is documented to replace (trailers, equipment): what goes is then left out
 * @throws Refusal for more than 20 attributes on one entity, and an unread value that is to stay
 */
export function mergedAttributes(
	present: AttributeValues[],
	{ given, cleared, mode }: AttributeChange,
	definitions: Attribute[],
	replaces: boolean,
): AttributeValues[] {
	const set = given.map((one) => itemFor(one, present));
	const going = new Set(cleared.map(({ id }) => id));
	const others = present.filter((item) => !set.some((one) => isSame(one, item)));
	const stays = (item: AttributeValues) =>
		mode === 'merge' && ![...going].some((id) => id === idOf(item, definitions));
	const kept = others.filter(stays).map(bare);
	const unread = kept.find((item) => Object.keys(lists(item, (values) => values)).length === 0);
	if (unread) {
		throw new Refusal(
			`The value of '${unread.name}' cannot be read, and would be lost`,
			"Give the API token the scope 'Read Assets', or choose a new value for it too.",
		);
	}
	const count = kept.length + set.length;
	if (count > MOST_ATTRIBUTES && count > present.length) {
		throw new Refusal(
			`'Attributes' would give it ${count} attributes, and Samsara takes ${MOST_ATTRIBUTES}`,
			"Pick attributes under 'Attributes to Clear', or set fewer.",
		);
	}
	if (replaces) return [...kept, ...set];
	return [
		...kept,
		...set,
		...others.filter((item) => !stays(item)).map((item) => emptied(item, definitions)),
	];
}

/** Text that is what a row shows of several values means these values, whatever commas they hold. */
function itemFor({ attribute, values, text }: GivenAttribute, present: AttributeValues[]) {
	const item = attributeItem(attribute, values);
	const now = present.find((one) => isSame(one, item));
	const isShown = now !== undefined && text !== undefined && text === attributeText(now);
	return isShown ? { ...item, ...lists(now, (held) => held) } : item;
}

/** Only members that requests take, and no empty lists. */
function bare(item: AttributeValues): AttributeValues {
	const { id, name } = item;
	return { ...(id && { id }), ...(name && { name }), ...lists(item, (values) => values) };
}

/** Without its values: those that were not read are in the list that the attribute's type takes. */
function emptied(item: AttributeValues, definitions: Attribute[]): AttributeValues {
	const { id, name } = item;
	const definition = definitions.find((one) => one.id === idOf(item, definitions));
	return {
		...(id && { id }),
		...(name && { name }),
		...(definition && { [kindOf(definition).list]: [] }),
		...lists(item, () => []),
	};
}

function lists<T>(item: AttributeValues, change: (values: Array<string | number>) => T) {
	return Object.fromEntries(
		(['stringValues', 'numberValues', 'dateValues'] as const).flatMap((list) =>
			item[list]?.length ? [[list, change(item[list])]] : [],
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
