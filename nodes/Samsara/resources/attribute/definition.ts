import { definitionsOf } from '../../api/attributes';
import type { SamsaraClient } from '../../api/client';
import { collect, PAGE_SIZE } from '../../api/pages';
import type { Attribute, AttributeEntityType, AttributeWithEntities, Data } from '../../api/types';
import type { Item } from '../../execution/item';
import { kindOf } from '../../fields/attributeKind';
import { attributeTypes, units, wireType } from '../../fields/attributeTypes';
import { definedValues, type DefinedValues } from '../../fields/definedValues';
import { Refusal } from '../../refusal';
import { exactly, note, readAttribute } from './definitions';
import { entityTypeOf } from './entityType';
import type { EntityValues } from './entities';

/** The guide's limits. */
const LONGEST_NAME = 190;
const MOST_ATTRIBUTES = 1000;

const QUANTITIES = ['single', 'multi'] as const;

/** A definition as a person describes it: the body of its creation, without entities. */
export type Draft = Required<Pick<Attribute, 'name' | 'attributeType'>> & {
	entityType: AttributeEntityType;
	unit?: Attribute['unit'];
	attributeValueQuantity?: 'single' | 'multi';
} & DefinedValues;

/** Reads the form that describes a definition. @throws Refusal for what breaks the guide's limits */
export function draftOf(item: Item): Draft {
	const choice = item.choice(
		'attributeType',
		'Type',
		attributeTypes.map(({ value }) => String(value)),
	);
	const attributeType = wireType(choice)!;
	const older = choice === 'olderString' || choice === 'olderNumber';
	const draft: Draft = {
		name: nameOf(item.value<unknown>('name', '')),
		entityType: entityTypeOf(item),
		attributeType,
		...(older && {
			attributeValueQuantity: item.choice(
				'attributeValueQuantity',
				'Values per Entity',
				QUANTITIES,
			),
		}),
	};
	if (choice === 'number') draft.unit = unitOf(item);
	const { list, fixed } = kindOf(draft);
	if (!fixed && list !== 'numberValues') return draft;
	const values = definedValues(draft, item.value<unknown>('values', ''), 'Allowed Values');
	if (older && !values.stringValues && !values.numberValues) {
		throw new Refusal(
			"'Allowed Values' is empty",
			'An attribute of the older contract needs at least one allowed value.',
		);
	}
	return { ...draft, ...values };
}

/** The key under which items that name the same new attribute take turns. */
export function turnOf({ entityType, name }: Draft): string {
	return `new ${entityType} attribute ${name.toLowerCase()}`;
}

/** A name within the guide's limit, trimmed. @throws Refusal */
export function nameOf(given: unknown): string {
	const name = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
	if (name === '') throw new Refusal("'Name' is empty", "Fill in 'Name'.");
	if (name.length <= LONGEST_NAME) return name;
	throw new Refusal(
		`'Name' has ${name.length} characters`,
		`Samsara takes at most ${LONGEST_NAME} in the name of an attribute. Shorten it.`,
	);
}

/** @throws Refusal when another attribute of the entity type has the name */
export function requireFreeName(definitions: Attribute[], name: string, own?: string): void {
	const existing = exactly(definitions, name);
	if (!existing || existing.id === own) return;
	throw new Refusal(
		`'Name' is '${name}', and there is such an attribute already (ID ${existing.id})`,
		'Choose another name, or use the operation Create or Update.',
	);
}

/**
 * Creates a definition. When it stays open whether that worked, the list tells: no attribute had the name before.
 *
 * @throws Refusal when the organization has as many attributes as the guide allows
 */
export async function createAttribute(
	samsara: SamsaraClient,
	draft: Draft,
	entities: EntityValues[] = [],
): Promise<AttributeWithEntities> {
	const { entityType } = draft;
	const [own, other] = await Promise.all([
		definitionsOf(samsara, entityType),
		definitionsOf(samsara, entityType === 'driver' ? 'asset' : 'driver'),
	]);
	if (own.length + other.length >= MOST_ATTRIBUTES) {
		throw new Refusal(
			`'Name' would be attribute ${own.length + other.length + 1} of the organization, and Samsara takes ${MOST_ATTRIBUTES}`,
			'Delete attributes that are no longer used.',
		);
	}
	const find = async () => {
		const now = await collect<Attribute>(samsara, '/attributes', { entityType, limit: PAGE_SIZE });
		const made = exactly(now, draft.name);
		return made && { data: await readAttribute(samsara, entityType, String(made.id)) };
	};
	const { data } = await samsara.create<Data<AttributeWithEntities>>(
		'/attributes',
		{ ...draft, ...(entities.length > 0 && { entities }) },
		find,
	);
	note(own, data);
	return data;
}

function unitOf(item: Item): Attribute['unit'] {
	return item.choice(
		'unit',
		'Unit',
		units.map(({ value }) => String(value)),
	) as Attribute['unit'];
}
