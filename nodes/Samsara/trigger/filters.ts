import type { RunContext } from '../api/runContext';
import { isUuid } from '../api/ids';
import { ownersNamed } from '../api/owners';
import { MAX_IDS } from '../api/chunkIds';
import { qualificationTypes } from '../api/qualifications';
import type { OwnerEntityType, QualificationType } from '../api/types';
import { selectTypes } from '../fields/qualification/selectTypes';
import { InvalidInputError } from '../common/errors';
import { toText } from '../common/toText';

/**
 * The entries of a filter: a list, or text with commas, semicolons or line breaks between the entries. Spaces separate
 * IDs only, since names may contain them.
 *
 * @throws InvalidInputError for more entries than Samsara's stream takes
 */
export function namesOrIds(value: unknown, label: string): string[] {
	const entries = Array.isArray(value)
		? value.map(toText)
		: toText(value)
				.split(/[,;\n]/)
				.flatMap((text) => splitIds(text.trim()));
	return within100([...new Set(entries.filter((entry) => entry !== ''))], label);
}

/** Samsara IDs, sorted. @throws InvalidInputError for a name that no type has */
export async function typeIdsOf(
	run: RunContext,
	entityTypes: OwnerEntityType[],
	input: string[],
): Promise<string[]> {
	const label = 'Qualification Types';
	const named = input.filter((entry) => !isUuid(entry));
	const ids = input.filter(isUuid).map((id) => id.toLowerCase());
	if (named.length > 0) {
		const types: QualificationType[] = [];
		for (const entityType of entityTypes)
			types.push(...(await qualificationTypes(run, entityType)));
		ids.push(...selectTypes(types, named, label).map(({ id }) => id));
	}
	return within100([...new Set(ids)].sort(), label);
}

/** Samsara IDs, sorted. @throws InvalidInputError for a name or an external ID that no owner has, or several have */
export async function ownerIdsOf(
	run: RunContext,
	entityTypes: OwnerEntityType[],
	input: string[],
): Promise<string[]> {
	const named = input.filter((entry) => !isSamsaraId(entry));
	const ids = input.filter(isSamsaraId);
	if (named.length > 0) {
		const found = await ownersNamed(run, entityTypes, named);
		for (const name of named) {
			const owners = found.get(name) ?? [];
			if (owners.length !== 1) throw notOne(name, owners.length, entityTypes);
			ids.push(owners[0].id);
		}
	}
	return [...new Set(ids)].sort();
}

function notOne(name: string, count: number, entityTypes: OwnerEntityType[]): InvalidInputError {
	const kinds = entityTypes.map((type) => (type === 'worker' ? 'driver' : 'asset')).join(' or ');
	return count === 0
		? new InvalidInputError(
				`'Owners' names '${name}', which is no ${kinds} in Samsara`,
				"Check the name or ID and 'Belonging To', or pick the owner from the list.",
			)
		: new InvalidInputError(
				`'Owners' names '${name}', which ${count} of your drivers or assets are called`,
				'Pick the owner from the list, or give the ID.',
			);
}

function isSamsaraId(text: string): boolean {
	return /^\d+$/.test(text) || isUuid(text);
}

function splitIds(text: string): string[] {
	const words = text.split(/\s+/);
	return words.every((word) => isSamsaraId(word)) ? words : [text];
}

function within100(entries: string[], label: string): string[] {
	if (entries.length <= MAX_IDS) return entries;
	throw new InvalidInputError(
		`'${label}' has ${entries.length} entries`,
		`Samsara watches up to ${MAX_IDS} at once. Leave '${label}' empty for all, or use several triggers.`,
	);
}
