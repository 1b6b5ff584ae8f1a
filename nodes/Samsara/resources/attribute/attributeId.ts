import type { INodeProperties } from 'n8n-workflow';
import { definitionsOf } from '../../api/attributes';
import { isUuid } from '../../api/ids';
import type { Attribute, AttributeEntityType } from '../../api/types';
import type { Item } from '../../execution/item';
import { Refusal } from '../../refusal';
import { named as withName } from './definitions';

/** The pick list of attributes, of the entity type that is chosen above it. */
export const attributeId: INodeProperties = {
	displayName: 'Attribute',
	name: 'attributeId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The attribute to work on',
	typeOptions: { loadOptionsDependsOn: ['entityType'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an attribute…',
			typeOptions: { searchListMethod: 'searchAttributes', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 123e4567-e89b-12d3-a456-426614174000',
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. License Certifications',
		},
	],
};

/**
 * The ID of the attribute that an item names. Only a name makes the definitions be read, once a run.
 *
 * @throws Refusal for a name that no attribute of the entity type has
 */
export async function attributeIdOf(item: Item, entityType: AttributeEntityType): Promise<string> {
	const named = item.idOrName('attributeId', 'Attribute');
	return isUuid(named) ? named : String((await attributeOf(item, entityType)).id);
}

/**
 * The definition of the attribute that an item names.
 *
 * @throws Refusal where the entity type has none of this ID or name
 */
export async function attributeOf(item: Item, entityType: AttributeEntityType): Promise<Attribute> {
	const named = item.idOrName('attributeId', 'Attribute');
	const definitions = await definitionsOf(item.samsara, entityType);
	const found = definitions.find(({ id }) => id === named) ?? withName(definitions, named);
	if (found) return found;
	throw new Refusal(
		`'Attribute' is '${short(named)}', which no attribute of ${entityType}s has as its ID or name`,
		"Pick the attribute from the list, or check 'Entity Type'.",
	);
}

function short(text: string): string {
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
