import { readDefinitions } from '../../../api/attributes';
import { quote } from '../../../common/coercion';
import { isUuid } from '../../../common/ids';
import type { Attribute, AttributeEntityType } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { InvalidInputError } from '../../../common/errors';
import { findByName } from '../../shared/attributeApi';
import { locator } from '../../shared/locator';

/** The parameter that picks an attribute of the chosen entity type. */
export const attributeId = locator(
	{
		displayName: 'Attribute',
		name: 'attributeId',
		description: 'The attribute to use',
		typeOptions: { loadOptionsDependsOn: ['entityType'] },
	},
	{
		listPlaceholder: 'Select an attribute…',
		searchListMethod: 'searchAttributes',
		id: '123e4567-e89b-12d3-a456-426614174000',
		name: 'License Certifications',
	},
);

/**
 * The ID of the attribute that an item names. The attributes are only read to resolve a name, once per run.
 *
 * @throws InvalidInputError for a name that no attribute of the entity type has
 */
export async function resolveAttributeId(
	item: Item,
	entityType: AttributeEntityType,
): Promise<string> {
	const idOrName = item.idOrName('attributeId', 'Attribute');
	return isUuid(idOrName) ? idOrName : String((await resolveAttribute(item, entityType)).id);
}

/**
 * The attribute that an item names.
 *
 * @throws InvalidInputError if the entity type has none with this ID or name
 */
export async function resolveAttribute(
	item: Item,
	entityType: AttributeEntityType,
): Promise<Attribute> {
	const idOrName = item.idOrName('attributeId', 'Attribute');
	const definitions = await readDefinitions(item.run, entityType);
	const found = definitions.find(({ id }) => id === idOrName) ?? findByName(definitions, idOrName);
	if (found) return found;
	throw new InvalidInputError(
		`'Attribute' is ${quote(idOrName)}, but no ${entityType} attribute has this ID or name`,
		"Pick the attribute from the list, or check 'Belongs To'.",
	);
}
