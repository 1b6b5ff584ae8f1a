import type { INodeProperties } from 'n8n-workflow';
import { readDefinitions } from '../../api/attributes';
import type { Attribute } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { valueTypeOf } from '../../fields/attribute/attributeValueType';
import { attributeRow } from '../../fields/attribute/attributeRow';
import { typeName, unitName } from '../../fields/attribute/attributeTypes';
import { InvalidInputError } from '../../common/errors';
import { simplify, options } from '../shared/options';
import { updateAttribute } from './helpers/updateAttribute';
import {
	createAttribute,
	readAttributeInput,
	requireUniqueName,
	requireValues,
	attributeLockKey,
	type AttributeInput,
} from './helpers/attributeInput';
import { findByName } from '../shared/attributeApi';
import { definition } from './helpers/properties';

const removeOthers: INodeProperties = {
	displayName: 'Remove Other Values',
	name: 'removeOtherValues',
	type: 'boolean',
	default: false,
	description:
		'Whether to remove all allowed values that are not entered here from an existing attribute. Drivers and assets lose these values.',
};

export const upsert: ItemOperation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update attribute',
	description: 'Create a new attribute, or update the current one if it already exists (upsert)',
	properties: [...definition, simplify, options(removeOthers)],
	async execute(item) {
		const { run } = item;
		const input = readAttributeInput(item);
		const [attribute, created] = await run.locks.withLock(attributeLockKey(input), async () => {
			const existing = findByName(await readDefinitions(run, input.entityType), input.name);
			if (!existing) {
				requireValues(input);
				await requireUniqueName(run, input.entityType, input.name);
				return [await createAttribute(run, input), true] as const;
			}
			requireSameType(existing, input);
			const allowedValues = input.stringValues ?? input.numberValues;
			const replacesValues =
				item.collection('options').removeOtherValues === true && allowedValues !== undefined;
			const change = {
				...(replacesValues ? { values: allowedValues } : { addValues: allowedValues }),
				attributeValueQuantity: valueTypeOf(input).multiple ? 'multi' : 'single',
			};
			return [await updateAttribute(run, input.entityType, existing, change), false] as const;
		});
		return { ...(item.boolean('simplify', true) ? attributeRow(attribute) : attribute), created };
	},
};

/**
 * Type and unit cannot be changed. A legacy type counts as the same as the current type that accepts the same values.
 *
 * @throws InvalidInputError
 */
function requireSameType(existing: Attribute, input: AttributeInput): void {
	const [existingType, requestedType] = [valueTypeOf(existing), valueTypeOf(input)];
	const canBecomeMultiple =
		!existingType.multiple && (existing.attributeValueQuantity ?? existingType.restricted);
	const isSameType =
		existingType.list === requestedType.list &&
		(existingType.list === 'numberValues' || existingType.restricted === requestedType.restricted);
	if (!isSameType || (existingType.multiple !== requestedType.multiple && !canBecomeMultiple)) {
		throw new InvalidInputError(
			`'Type' is ${typeName(input)}, but the existing attribute '${existing.name}' has the type ${typeName(existing)}`,
			"The type of an attribute cannot be changed. Choose the existing type in 'Type', or enter another name.",
		);
	}
	if (unitName(input.unit) && existing.unit && input.unit !== existing.unit) {
		throw new InvalidInputError(
			`'Unit' is ${unitName(input.unit)}, but the existing attribute '${existing.name}' has ${unitName(existing.unit) ?? 'no unit'}`,
			"The unit of an attribute cannot be changed. Choose the existing unit in 'Unit', or enter another name.",
		);
	}
}
