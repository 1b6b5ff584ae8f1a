import type { INodeProperties } from 'n8n-workflow';
import type { SamsaraClient } from '../../api/client';
import { tagsOf } from '../../api/tags';
import { Refusal } from '../../refusal';
import { toList } from '../../toList';

/** The tags of an entity; written, they replace those that it has. */
export const tags: INodeProperties = {
	displayName: 'Tag Names or IDs',
	name: 'tagIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getTags' },
	default: [],
	description:
		'All the tags it is to have: these replace the ones it has now. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Filters by tag, for every Get Many. */
export const tagFilters: INodeProperties[] = [
	{
		displayName: 'Parent Tag Names or IDs',
		name: 'parentTagIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getTags' },
		default: [],
		description:
			'Only those with one of these tags or a tag below them. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Tag Names or IDs',
		name: 'tagIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getTags' },
		default: [],
		description:
			'Only those with one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/**
 * Tag IDs from IDs or names.
 *
 * @returns undefined where nothing was given; an empty list where the person emptied it
 * @throws Refusal for a name that no tag has, or that several have
 */
export async function readTags(
	samsara: SamsaraClient,
	given: unknown,
	label: string,
): Promise<string[] | undefined> {
	if (given === undefined || given === null) return undefined;
	const wanted = toList(given);
	if (wanted.every((tag) => /^\d+$/.test(tag))) return wanted;
	const known = await tagsOf(samsara);
	return wanted.map((tag) => {
		if (known.some(({ id }) => id === tag)) return tag;
		const named = known.filter(({ name }) => name.trim().toLowerCase() === tag.toLowerCase());
		if (named.length === 1) return named[0].id;
		throw new Refusal(
			named.length === 0
				? `'${label}' names the tag '${tag}', which does not exist`
				: `'${label}' names the tag '${tag}', and ${named.length} tags have that name`,
			named.length === 0
				? 'Choose the tags from the list, or give their names as Samsara shows them.'
				: `Choose it from the list, or give its ID: ${named.map(({ id }) => id).join(', ')}.`,
		);
	});
}
