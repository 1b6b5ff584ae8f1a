import type { INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../../api/runContext';
import { readAllTags } from '../../api/tags';
import { InvalidInputError } from '../../common/errors';
import { normalize, toList } from '../../common/coercion';

const tagList: INodeProperties = {
	displayName: 'Tag Names or IDs',
	name: 'tagIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getTags' },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** The tags of an entity. The tags sent replace those that it has. */
export const tags: INodeProperties = {
	...tagList,
	hint: 'All the tags that it should have: they replace its current tags',
};

/** Filters by tag, for Get Many. */
export const tagFilters: INodeProperties[] = [
	{
		...tagList,
		displayName: 'Parent Tag Names or IDs',
		name: 'parentTagIds',
		description:
			'Only return results with one of these tags or one of their child tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...tagList,
		description:
			'Only return results with one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/**
 * Resolves tag names to IDs.
 *
 * @returns undefined if there is no input; an empty list if the input is empty
 * @throws InvalidInputError for a name that no tag has or several tags have
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
		const matches = allTags.filter(({ name }) => normalize(name) === normalize(idOrName));
		if (matches.length === 1) return matches[0].id;
		throw new InvalidInputError(
			matches.length === 0
				? `'${label}' has the tag '${idOrName}', which does not exist`
				: `'${label}' has the tag '${idOrName}', but ${matches.length} tags have this name`,
			matches.length === 0
				? 'Choose the tags from the list, or enter their names as Samsara shows them.'
				: `Choose the tag from the list, or enter its ID: ${matches.map(({ id }) => id).join(', ')}.`,
		);
	});
}
