import { normalize, toList } from '../common/coercion';
import { InvalidInputError } from '../common/errors';
import type { RunContext } from './runContext';
import { collect, PAGE_SIZE } from './pagination';

/** A group of drivers and assets. */
export interface Tag {
	id: string;
	name: string;
	parentTagId?: string;
	parentTag?: { id?: string; name?: string };
}

/** Every tag, read once per run. */
export async function readAllTags(run: RunContext): Promise<Tag[]> {
	return await run.cache.tags.get(
		'all',
		async () => await collect<Tag>(run.client, '/tags', { limit: PAGE_SIZE }),
	);
}

/**
 * Resolves tag names to IDs.
 *
 * @param checksIds whether to look up IDs as well, for tags that are compared here instead of by Samsara
 * @returns undefined if there is no input; an empty list if the input is empty
 * @throws InvalidInputError for a name that no tag has or several tags have
 */
export async function readTags(
	run: RunContext,
	input: unknown,
	label: string,
	checksIds = false,
): Promise<string[] | undefined> {
	if (input === undefined || input === null) return undefined;
	const idsOrNames = toList(input);
	if (!checksIds && idsOrNames.every((idOrName) => /^\d+$/.test(idOrName))) return idsOrNames;
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

/** The IDs of tags and of their child tags at any depth. */
export function withChildTags(tags: Tag[], ids: string[]): Set<string> {
	const found = new Set(ids);
	let size: number;
	do {
		({ size } = found);
		for (const { id, parentTagId, parentTag } of tags)
			if (found.has(String(parentTagId ?? parentTag?.id))) found.add(id);
	} while (found.size > size);
	return found;
}
