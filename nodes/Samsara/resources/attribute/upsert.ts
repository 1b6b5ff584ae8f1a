import type { INodeProperties } from 'n8n-workflow';
import { definitionsOf } from '../../api/attributes';
import type { Attribute } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { kindOf } from '../../fields/attributeKind';
import { attributeRow } from '../../fields/attributeRow';
import { typeName, unitName } from '../../fields/attributeTypes';
import { Refusal } from '../../refusal';
import { inTurn } from '../shared/inTurn';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { changeAttribute } from './change';
import {
	createAttribute,
	draftOf,
	requireFreeName,
	requireValues,
	turnOf,
	type Draft,
} from './definition';
import { named } from './definitions';
import { entityType } from './entityType';
import { attributeType, name, numbers, quantity, unit, values } from './form';

const removeOthers: INodeProperties = {
	displayName: 'Remove Other Values',
	name: 'removeOtherValues',
	type: 'boolean',
	default: false,
	description:
		'Whether an existing attribute loses the allowed values that are not given here, and drivers and assets that have one of them lose it',
};

export const upsert: ItemOperation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update attribute',
	description: 'Create a new attribute, or update the current one if it already exists (upsert)',
	properties: [
		entityType,
		name,
		attributeType,
		quantity,
		values,
		numbers,
		unit,
		simplify,
		options(removeOthers),
	],
	async execute(item) {
		const { samsara } = item;
		const draft = draftOf(item);
		const [attribute, created] = await inTurn(samsara, turnOf(draft), async () => {
			const known = named(await definitionsOf(samsara, draft.entityType), draft.name);
			if (!known) {
				requireValues(draft);
				await requireFreeName(samsara, draft.entityType, draft.name);
				return [await createAttribute(samsara, draft), true] as const;
			}
			requireAlike(known, draft);
			const given = draft.stringValues ?? draft.numberValues;
			const remove = item.collection('options').removeOtherValues === true && given !== undefined;
			const change = {
				...(remove ? { values: given } : { addValues: given }),
				attributeValueQuantity: kindOf(draft).many ? 'multi' : 'single',
			};
			const zone = item.n8n.getTimezone();
			return [
				await changeAttribute(samsara, draft.entityType, known, change, zone),
				false,
			] as const;
		});
		return { ...(item.flag('simplify', true) ? attributeRow(attribute) : attribute), created };
	},
};

/**
 * Type and unit cannot be changed. An attribute of the older contract is the same as the one of today that takes the
 * same values.
 *
 * @throws Refusal
 */
function requireAlike(known: Attribute, draft: Draft): void {
	const [is, wanted] = [kindOf(known), kindOf(draft)];
	const becomesSeveral = !is.many && (known.attributeValueQuantity ?? is.fixed);
	const alike =
		is.list === wanted.list && (is.list === 'numberValues' || is.fixed === wanted.fixed);
	if (!alike || (is.many !== wanted.many && !becomesSeveral)) {
		throw new Refusal(
			`'Type' is ${typeName(draft)}, but '${known.name}' is a ${typeName(known)} attribute already`,
			"The type of an attribute cannot be changed. Choose its type in 'Type', or another name.",
		);
	}
	if (unitName(draft.unit) && known.unit && draft.unit !== known.unit) {
		throw new Refusal(
			`'Unit' is ${unitName(draft.unit)}, but '${known.name}' has ${unitName(known.unit) ?? 'none'}`,
			"The unit of an attribute cannot be changed. Choose its unit in 'Unit', or another name.",
		);
	}
}
