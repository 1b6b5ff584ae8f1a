import type { INodeProperties } from 'n8n-workflow';
import type { Attribute } from '../../../api/types';
import { toText } from '../../../common/toText';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { readAttribute } from '../../../fields/attribute/attributeValues';
import { InvalidInputError } from '../../../common/errors';
import { externalIdValidation } from '../../shared/externalIds';

/** An entity as requests name it. */
export interface EntityReference {
	entityId?: string;
	externalIds?: Record<string, string>;
}

/** An entity and its values, in the one list that the attribute's type takes; an empty list clears. */
export interface EntityValues extends EntityReference {
	stringValues?: string[];
	numberValues?: number[];
	dateValues?: string[];
}

/** The pick list of drivers, or of vehicles, trailers and equipment together. */
export const entityId: INodeProperties = {
	displayName: 'Driver or Asset',
	name: 'entityId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The driver, vehicle, trailer or piece of equipment that gets the value',
	typeOptions: { loadOptionsDependsOn: ['entityType'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a driver or asset…',
			typeOptions: { searchListMethod: 'searchAttributeEntities', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1654973',
		},
		{
			displayName: 'By External ID',
			name: 'externalId',
			type: 'string',
			placeholder: 'e.g. payrollId:ABFS18600',
			validation: externalIdValidation('payrollId:ABFS18600'),
		},
	],
};

/** Rows of an entity and its value. */
export const entities: INodeProperties = {
	displayName: 'Assign To',
	name: 'entities',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Driver or Asset',
	default: {},
	description:
		'Drivers or assets that get a value. For many at once, use the operation Assign with one item each.',
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
					description: 'Several values with commas between, where the attribute takes several',
				},
			],
		},
	],
};

/**
 * The rows of 'Assign To', each entity once: of two rows on one entity the later counts.
 *
 * @throws InvalidInputError for a row without an entity or value, and values that the attribute cannot take
 */
export function readEntities(attribute: Attribute, input: unknown, zone: string): EntityValues[] {
	const rows = ((input ?? {}) as { entity?: unknown }).entity;
	if (!Array.isArray(rows)) return [];
	const read = (rows as Array<{ entityId?: unknown; value?: unknown }>).map((row) => {
		const { values = [], missing = [] } = readAttribute(attribute, row.value, true, zone) ?? {};
		if (missing.length > 0) {
			throw new InvalidInputError(
				`'Value' of 'Assign To' is ${missing.join(', ')}, which is no allowed value of '${attribute.name}'`,
				'Give one of the allowed values, or allow it too.',
			);
		}
		if (values.length === 0) {
			throw new InvalidInputError(
				"'Value' of 'Assign To' is empty",
				'Give each driver or asset a value, or remove its row.',
			);
		}
		return entityValues(attribute, readReference(row.entityId, 'Driver or Asset'), values);
	});
	return [...new Map(read.map((entity) => [keyOf(entity), entity])).values()];
}

/** An entity with values in the list that the attribute's type takes. */
export function entityValues(
	attribute: Attribute,
	{ entityId: id, externalIds }: EntityReference,
	values: Array<string | number>,
): EntityValues {
	return { ...(id ? { entityId: id } : { externalIds }), [valueTypeOf(attribute).list]: values };
}

/**
 * A Samsara ID, or an external ID like `payrollId:ABFS18600`.
 *
 * @param input text, a number, or what a pick list stores
 * @throws InvalidInputError for what is neither
 */
export function readReference(input: unknown, label: string): EntityReference {
	const isLocator = input !== null && typeof input === 'object' && 'value' in input;
	const value = isLocator ? input.value : input;
	const text = typeof value === 'object' ? '' : toText(value);
	const [key, ...rest] = text.split(':');
	const externalValue = rest.join(':').trim();
	if (text !== '' && rest.length === 0) return { entityId: text };
	if (key.trim() !== '' && externalValue !== '')
		return { externalIds: { [key.trim()]: externalValue } };
	throw new InvalidInputError(
		text === ''
			? `'${label}' is empty`
			: `'${label}' is '${text.slice(0, 200)}', which is not a valid ID`,
		`Pick one from the list, or map an ID or an external ID like payrollId:ABFS18600 to '${label}'.`,
	);
}

/** Tells references apart: the Samsara ID, or `payrollId:ABFS18600`. */
export function keyOf({ entityId: id, externalIds = {} }: EntityReference): string {
	const [[key, value] = ['', '']] = Object.entries(externalIds);
	return id ?? `${key}:${value}`;
}
