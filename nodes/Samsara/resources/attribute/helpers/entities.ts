import type { INodeProperties } from 'n8n-workflow';
import type { Attribute, AttributeAssignment } from '../../../api/types';
import { toText } from '../../../common/coercion';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { readAttributeValues } from '../../../fields/attribute/attributeValues';
import type { DateSettings } from '../../../fields/dateFormat';
import { InvalidInputError } from '../../../common/errors';
import { idError, isName } from '../../../common/ids';
import { locator } from '../../shared/locator';

/** How requests identify an entity. */
export interface EntityReference {
	entityId?: string;
	externalIds?: Record<string, string>;
}

/** An entity and its values of an attribute; none clears the attribute. */
export interface EntityValues {
	entity: EntityReference;
	values: Array<string | number>;
}

/** The parameter that picks a driver, or a vehicle, trailer, or piece of equipment. */
export const entityId = locator(
	{
		displayName: 'Driver or Asset',
		name: 'entityId',
		description: 'The driver, vehicle, trailer, or piece of equipment that gets the value',
		typeOptions: { loadOptionsDependsOn: ['entityType'] },
	},
	{
		listPlaceholder: 'Select a driver or asset…',
		searchListMethod: 'searchAttributeEntities',
		id: '1654973',
		externalId: 'payrollId:ABFS18600',
	},
);

/** Rows with an entity and its value. */
export const entities: INodeProperties = {
	displayName: 'Assign To',
	name: 'entities',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Driver or Asset',
	default: {},
	description:
		'Drivers or assets that get a value. For many at once, use the operation Assign with one item for each.',
	options: [
		{
			displayName: 'Entity',
			name: 'entity',
			values: [
				entityId,
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. Class A',
					description: 'Separate several values by commas, if the attribute accepts several',
				},
			],
		},
	],
};

/**
 * Reads the rows of 'Assign To'. If two rows have the same entity, the last one applies.
 *
 * @throws InvalidInputError for a row without an entity or value, and for values that the attribute does not accept
 */
export function readEntities(
	attribute: Attribute,
	input: unknown,
	dates?: DateSettings,
): EntityValues[] {
	const rows = ((input ?? {}) as { entity?: unknown }).entity;
	if (!Array.isArray(rows)) return [];
	const read = (rows as Array<{ entityId?: unknown; value?: unknown }>).map((row) => {
		const { values = [], missing = [] } =
			readAttributeValues(attribute, row.value, true, dates) ?? {};
		if (missing.length > 0) {
			throw new InvalidInputError(
				`'Value' in 'Assign To' is ${missing.join(', ')}, which is not an allowed value of '${attribute.name}'`,
				'Enter one of the allowed values, or add this one to them.',
			);
		}
		if (values.length === 0) {
			throw new InvalidInputError(
				"'Value' in 'Assign To' is empty",
				'Enter a value for each driver or asset, or remove its row.',
			);
		}
		return { entity: readReference(row.entityId, 'Driver or Asset'), values };
	});
	return [...new Map(read.map((each) => [keyOf(each.entity), each])).values()];
}

/** An entity as requests have it: with values in the list for the attribute's type. */
export function toApiEntity(
	attribute: Attribute,
	{ entity: { entityId: id, externalIds }, values }: EntityValues,
): AttributeAssignment {
	return { ...(id ? { entityId: id } : { externalIds }), [valueTypeOf(attribute).list]: values };
}

/**
 * Reads a Samsara ID or an external ID like `payrollId:ABFS18600`.
 *
 * @param input text, a number, or the stored value of a resource locator
 * @throws InvalidInputError for anything else
 */
export function readReference(input: unknown, label: string): EntityReference {
	const isLocator = input !== null && typeof input === 'object' && 'value' in input;
	const value = isLocator ? input.value : input;
	const text = typeof value === 'object' ? '' : toText(value);
	if (isName(text)) throw idError(label, text);
	const [key, ...rest] = text.split(':');
	const externalValue = rest.join(':').trim();
	if (text !== '' && rest.length === 0) return { entityId: text };
	if (key.trim() !== '' && externalValue !== '')
		return { externalIds: { [key.trim()]: externalValue } };
	throw idError(label, value);
}

/** Identifies a reference: the Samsara ID, or an external ID like `payrollId:ABFS18600`. */
export function keyOf({ entityId: id, externalIds = {} }: EntityReference): string {
	const [[key, value] = ['', '']] = Object.entries(externalIds);
	return id ?? `${key}:${value}`;
}
