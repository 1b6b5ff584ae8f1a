import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { toText } from '../../common/coercion';
import {
	clearableFields,
	tagsInput,
	readFieldValues,
	type FieldSpec,
} from '../../fields/fieldSpecs';
import { readExternalIds } from '../../common/ids';
import { readTags } from './tags';

/** The fields to empty. They need this parameter because an empty input leaves its field as it is. */
export function clearFields(fieldSpecs: Record<string, FieldSpec>): INodeProperties {
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
	fieldSpecs: Record<string, FieldSpec>,
): Promise<{ externalIds?: Record<string, string>; tagIds?: string[] }> {
	const input = item.collection(collection);
	const values = readFieldValues(input, fieldSpecs, item.n8n.getTimezone());
	const ids = readExternalIds(input.externalIds);
	const tagIds = await readTags(item.run, tagsInput(input, fieldSpecs), 'Tags');
	return { ...values, ...(ids && { externalIds: ids }), ...(tagIds && { tagIds }) };
}

/** The ID that a parameter in a collection picks; undefined if it is empty. @throws InvalidInputError */
export function optionalId(
	item: Item,
	collection: string,
	name: string,
	label: string,
): string | undefined {
	const isEmpty =
		item.collection(collection)[name] === undefined ||
		toText(item.value(`${collection}.${name}`, '')) === '';
	return isEmpty ? undefined : item.id(`${collection}.${name}`, label);
}
