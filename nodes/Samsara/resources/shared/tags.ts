import type { INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../../api/runContext';
import { readAllTags } from '../../api/tags';
import { InvalidInputError } from '../../common/errors';
import { toList } from '../../common/toList';

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
 * @throws InvalidInputError for a name that no tag has, or that several have
 */
export async function readTags(
	run: RunContext,
	input: unknown,
	label: string,
): Promise<string[] | undefined> {
	if (input === undefined || input === null) return undefined;
	const idsOrNames = toList(input);
	if (idsOrNames.every((idOrName) => /^\d+$/.test(idOrName))) return idsOrNames;
	const allTags = await readAllTags(run);
	return idsOrNames.map((idOrName) => {
		if (allTags.some(({ id }) => id === idOrName)) return idOrName;
		const matches = allTags.filter(
			({ name }) => name.trim().toLowerCase() === idOrName.toLowerCase(),
		);
		if (matches.length === 1) return matches[0].id;
		throw new InvalidInputError(
			matches.length === 0
				? `'${label}' names the tag '${idOrName}', which does not exist`
				: `'${label}' names the tag '${idOrName}', and ${matches.length} tags have that name`,
			matches.length === 0
				? 'Choose the tags from the list, or give their names as Samsara shows them.'
				: `Choose it from the list, or give its ID: ${matches.map(({ id }) => id).join(', ')}.`,
		);
	});
}
