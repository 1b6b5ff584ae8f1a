import type { INodeProperties } from 'n8n-workflow';
import { dateSettings } from './dateFormat';
import type { Item } from '../../execution/item';
import { toText } from '../../common/coercion';
import { clearableFields, readFieldValues, type FieldSpecs } from '../../fields/fieldSpecs';
import { readExternalIds } from '../../common/ids';
import { readTags } from '../../api/tags';

/** Fields of an entity as they are sent to Samsara. */
export type EntityFields = Record<string, unknown> & {
	externalIds?: Record<string, string>;
	tagIds?: string[];
};

/** The fields to empty. They need this parameter because an empty input leaves its field as it is. */
export function clearFields(fieldSpecs: FieldSpecs): INodeProperties {
	return {
		displayName: 'Clear Fields',
		name: 'clearFields',
		type: 'multiOptions',
		options: clearableFields(fieldSpecs),
		default: [],
		description: 'The fields to empty. Leaving an input empty does not clear its field.',
	};
}

/** Reads the fields of an entity from a collection in the form, with external IDs and tags. @throws InvalidInputError */
export async function readFields(
	item: Item,
	collection: string,
	fieldSpecs: FieldSpecs,
): Promise<EntityFields> {
	const input = { ...item.collection(collection) };
	for (const [name, { type, label }] of Object.entries(fieldSpecs)) {
		const parameter = `${collection}.${name}`;
		if (type !== 'id' || input[name] === undefined) continue;
		const isEmpty = toText(item.value(parameter, '')) === '';
		input[name] = isEmpty ? '' : item.id(parameter, label);
	}
	const { tagIds: tags, ...values } = readFieldValues(input, fieldSpecs, dateSettings(item));
	const ids = readExternalIds(input.externalIds);
	const tagIds = await readTags(item.run, tags, 'Tags');
	return { ...values, ...(ids && { externalIds: ids }), ...(tagIds && { tagIds }) };
}
