import type { QualificationType } from '../../api/types';
import { Refusal } from '../../refusal';

/**
 * The types that people mean by IDs or names. Case and surrounding blanks of names don't matter; a name that several
 * types have means all of them.
 *
 * @param label what the form calls the parameter
 * @throws Refusal for one that does not exist, listing those that do
 */
export function chooseTypes(
	types: QualificationType[],
	given: string[],
	label: string,
): QualificationType[] {
	// By ID, because a list that shifts between pages repeats entries.
	const chosen = new Map<string, QualificationType>();
	for (const text of given) {
		const wanted = text.trim().toLowerCase();
		const byId = types.filter(({ id }) => id.toLowerCase() === wanted);
		const found = byId.length > 0 ? byId : types.filter(({ name }) => fold(name) === wanted);
		if (found.length === 0) {
			throw new Refusal(
				`'${label}' names '${text}', which is no qualification type`,
				types.length === 0
					? 'There are no qualification types of this kind in Samsara yet.'
					: `Choose from: ${types.map(({ name }) => name).join(', ')}.`,
			);
		}
		for (const type of found) chosen.set(type.id, type);
	}
	return [...chosen.values()];
}

function fold(name: string): string {
	return name.trim().toLowerCase();
}
