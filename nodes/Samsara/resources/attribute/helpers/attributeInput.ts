import { readDefinitions } from '../../../api/attributes';
import type { RunContext } from '../../../api/runContext';
import { collect, PAGE_SIZE } from '../../../api/pagination';
import type {
	Attribute,
	AttributeEntityType,
	AttributeWithEntities,
	Data,
} from '../../../api/types';
import type { Item } from '../../../execution/item';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { toApiType } from '../../../fields/attribute/attributeTypes';
import { readAllowedValues, type AllowedValues } from '../../../fields/attribute/allowedValues';
import { InvalidInputError } from '../../../common/errors';
import { findByExactName, rememberDefinition, readAttribute } from '../../shared/attributeApi';
import { entityTypeOf } from './entityType';
import { toApiEntity, type EntityValues } from './entities';
import { attributeType as attributeTypeProperty, quantity, unit } from './properties';

/** Samsara's documented limits. */
const MAX_NAME = 190;
const MAX_ATTRIBUTES = 1000;

/** An attribute as described in the form: the body of the create request, without entities. */
export type AttributeInput = Required<Pick<Attribute, 'name' | 'attributeType'>> & {
	entityType: AttributeEntityType;
	unit?: Attribute['unit'];
	attributeValueQuantity?: 'single' | 'multi';
} & AllowedValues;

/** Reads the form that describes an attribute. @throws InvalidInputError for input beyond the documented limits */
export function readAttributeInput(item: Item): AttributeInput {
	const choice = item.choice<string>(attributeTypeProperty);
	const isLegacy = choice === 'olderString' || choice === 'olderNumber';
	const input: AttributeInput = {
		name: readName(item.value<unknown>('name', '')),
		entityType: entityTypeOf(item),
		attributeType: toApiType(choice)!,
		...(isLegacy && { attributeValueQuantity: item.choice<'single' | 'multi'>(quantity) }),
	};
	if (choice === 'number') input.unit = item.choice<NonNullable<Attribute['unit']>>(unit);
	const { list, restricted } = valueTypeOf(input);
	if (!restricted && list !== 'numberValues') return input;
	const values = readAllowedValues(input, item.value<unknown>('values', ''), 'Allowed Values');
	if (isLegacy) requireValues({ ...input, ...values });
	return { ...input, ...values };
}

/** @throws InvalidInputError for a new attribute that needs allowed values and has none */
export function requireValues(input: AttributeInput): void {
	if (!valueTypeOf(input).restricted || input.stringValues || input.numberValues) return;
	throw new InvalidInputError(
		"'Allowed Values' is empty",
		'An attribute of this type needs at least one allowed value. A Text attribute accepts any value.',
	);
}

/** The lock key for items that create an attribute with the same name. */
export function attributeLockKey({ name }: Pick<AttributeInput, 'name'>): string {
	return `new attribute ${name.toLowerCase()}`;
}

/** Reads a name and trims it. @throws InvalidInputError if it is empty or too long */
export function readName(value: unknown): string {
	const name = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (name === '') throw new InvalidInputError("'Name' is empty", "Fill in 'Name'.");
	if (name.length <= MAX_NAME) return name;
	throw new InvalidInputError(
		`'Name' has ${name.length} characters`,
		`Samsara accepts at most ${MAX_NAME} characters in the name of an attribute. Shorten it.`,
	);
}

/** @throws InvalidInputError if another attribute has the name: driver and asset attributes share one set of names */
export async function requireUniqueName(
	run: RunContext,
	entityType: AttributeEntityType,
	name: string,
	ownId?: string,
): Promise<void> {
	const [same, ofOtherType] = await bothDefinitions(run, entityType);
	const existing = findByExactName(same, name);
	if (existing && existing.id !== ownId) {
		throw new InvalidInputError(
			`An attribute named '${name}' already exists`,
			"Enter another name. To change the existing attribute, use the operation 'Create or Update'.",
		);
	}
	const elsewhere = findByExactName(ofOtherType, name);
	if (!elsewhere) return;
	throw new InvalidInputError(
		`${otherThan(entityType) === 'asset' ? 'An asset' : 'A driver'} attribute named '${name}' already exists`,
		'Driver and asset attributes cannot have the same name. Enter another name.',
	);
}

function otherThan(entityType: AttributeEntityType): AttributeEntityType {
	return entityType === 'driver' ? 'asset' : 'driver';
}

/** The attributes of the entity type, and those of the other. */
async function bothDefinitions(run: RunContext, entityType: AttributeEntityType) {
	return await Promise.all([
		readDefinitions(run, entityType),
		readDefinitions(run, otherThan(entityType)),
	]);
}

/**
 * Creates an attribute. If no response arrives, the list of attributes shows whether it was created: no attribute had the
 * name before.
 *
 * @throws InvalidInputError if the organization already has the maximum number of attributes
 */
export async function createAttribute(
	run: RunContext,
	input: AttributeInput,
	entities: EntityValues[] = [],
): Promise<AttributeWithEntities> {
	const { entityType } = input;
	const [ofType, ofOtherType] = await bothDefinitions(run, entityType);
	if (ofType.length + ofOtherType.length >= MAX_ATTRIBUTES) {
		throw new InvalidInputError(
			`The organization already has ${ofType.length + ofOtherType.length} attributes, but Samsara allows at most ${MAX_ATTRIBUTES}`,
			'Delete attributes that are no longer used, then run again.',
		);
	}
	const find = async () => {
		const definitions = await collect<Attribute>(run.client, '/attributes', {
			entityType,
			limit: PAGE_SIZE,
		});
		const created = findByExactName(definitions, input.name);
		return created && { data: await readAttribute(run, entityType, String(created.id)) };
	};
	const { data } = await run.client.create<Data<AttributeWithEntities>>(
		'/attributes',
		{
			...input,
			...(entities.length > 0 && { entities: entities.map((each) => toApiEntity(input, each)) }),
		},
		find,
	);
	rememberDefinition(ofType, data);
	return data;
}
