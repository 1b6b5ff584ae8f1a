import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { toText } from '../../common/toText';
import {
	clearableFields,
	givenTags,
	readFieldValues,
	type FieldSpec,
} from '../../fields/fieldSpecs';
import { readExternalIds } from '../../fields/externalIds';
import { readTags } from './tags';

/** What to empty: an empty input or cell leaves a field as it is. */
export function clearFields(members: Record<string, FieldSpec>): INodeProperties {
	return {
		displayName: 'Clear Fields',
		name: 'clearFields',
		type: 'multiOptions',
		options: clearableFields(members),
		default: [],
		description: 'The fields to empty. An empty input leaves its field as it is.',
	};
}

/** What a collection of the form gives of an entity, besides what only one resource has. @throws InvalidInputError */
export async function readFields(
	item: Item,
	collection: string,
	members: Record<string, FieldSpec>,
): Promise<{ externalIds?: Record<string, string>; tagIds?: string[] }> {
	const given = item.collection(collection);
	const read = readFieldValues(given, members, item.n8n.getTimezone());
	const ids = readExternalIds(given.externalIds);
	const tagIds = await readTags(item.run, givenTags(given, members), 'Tags');
	return { ...read, ...(ids && { externalIds: ids }), ...(tagIds && { tagIds }) };
}

/** The ID in a pick list of a collection; nothing where it is empty. @throws InvalidInputError */
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
