import type { QualificationType } from '../../api/types';
import { InvalidInputError } from '../../common/errors';

/**
 * The types that people mean by IDs or names. Case and surrounding blanks of names don't matter; a name that several
 * types have means all of them.
 *
 * @param label what the form calls the parameter
 * @throws InvalidInputError for one that does not exist, listing those that do
 */
export function selectTypes(
	types: QualificationType[],
	idsOrNames: string[],
	label: string,
): QualificationType[] {
	// By ID, because a list that shifts between pages repeats entries.
	const selected = new Map<string, QualificationType>();
	for (const text of idsOrNames) {
		const normalizedText = text.trim().toLowerCase();
		const byId = types.filter(({ id }) => id.toLowerCase() === normalizedText);
		const found =
			byId.length > 0 ? byId : types.filter(({ name }) => normalize(name) === normalizedText);
		if (found.length === 0) {
			throw new InvalidInputError(
				`'${label}' names '${text}', which is no qualification type`,
				types.length === 0
					? 'There are no qualification types of this kind in Samsara yet.'
					: `Choose from: ${types.map(({ name }) => name).join(', ')}.`,
			);
		}
		for (const type of found) selected.set(type.id, type);
	}
	return [...selected.values()];
}

function normalize(name: string): string {
	return name.trim().toLowerCase();
}
