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
	if (older) requireValues({ ...draft, ...values });
	return { ...draft, ...values };
}

/** @throws Refusal for a new attribute that prescribes its values and has none */
export function requireValues(draft: Draft): void {
	if (!kindOf(draft).fixed || draft.stringValues || draft.numberValues) return;
	throw new Refusal(
		"'Allowed Values' is empty",
		'An attribute of this type needs at least one allowed value. A Text attribute takes any.',
	);
}

/** The key under which items that name the same new attribute take turns. */
export function turnOf({ name }: Pick<Draft, 'name'>): string {
	return `new attribute ${name.toLowerCase()}`;
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

/** @throws Refusal when another attribute has the name: drivers and assets cannot have one of the same name each */
export async function requireFreeName(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	name: string,
	own?: string,
): Promise<void> {
	const [same, other] = await bothDefinitions(samsara, entityType);
	const existing = exactly(same, name);
	if (existing && existing.id !== own) {
		throw new Refusal(
			`'Name' is '${name}', and there is such an attribute already (ID ${existing.id})`,
			'Choose another name, or use the operation Create or Update.',
		);
	}
	const elsewhere = exactly(other, name);
	if (!elsewhere) return;
	throw new Refusal(
		`'Name' is '${name}', and an attribute of ${otherThan(entityType)}s has that name (ID ${elsewhere.id})`,
		'Samsara takes each name once, for drivers and assets together. Choose another name.',
	);
}

function otherThan(entityType: AttributeEntityType): AttributeEntityType {
	return entityType === 'driver' ? 'asset' : 'driver';
}

/** The attributes of the entity type, and those of the other. */
async function bothDefinitions(samsara: SamsaraClient, entityType: AttributeEntityType) {
	return await Promise.all([
		definitionsOf(samsara, entityType),
		definitionsOf(samsara, otherThan(entityType)),
	]);
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
	const [own, other] = await bothDefinitions(samsara, entityType);
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
