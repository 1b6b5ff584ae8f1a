import type { RunContext } from '../api/runContext';
import { isUuid } from '../common/ids';
import { ownersNamed } from '../api/owners';
import { MAX_IDS } from '../api/chunkIds';
import { qualificationTypes } from '../api/qualifications';
import type { OwnerEntityType, QualificationType } from '../api/types';
import { selectTypes } from '../fields/qualification/qualificationType';
import { InvalidInputError } from '../common/errors';
import { toText } from '../common/coercion';

/**
 * Splits a filter into its entries: a list, or text with commas, semicolons or line breaks between them. Spaces separate
 * IDs only, because names may contain them.
 *
 * @throws InvalidInputError if there are more entries than Samsara's stream accepts
 */
export function parseFilter(value: unknown, label: string): string[] {
	const entries = Array.isArray(value)
		? value.map(toText)
		: toText(value)
				.split(/[,;\n]/)
				.flatMap((text) => splitIds(text.trim()));
	return limitEntries([...new Set(entries.filter((entry) => entry !== ''))], label);
}

/** Resolves names and IDs to sorted IDs. @throws InvalidInputError for an unknown name */
export async function resolveTypeIds(
	run: RunContext,
	entityTypes: OwnerEntityType[],
	entries: string[],
): Promise<string[]> {
	const label = 'Qualification Types';
	const names = entries.filter((entry) => !isUuid(entry));
	const ids = entries.filter(isUuid).map((id) => id.toLowerCase());
	if (names.length > 0) {
		const types: QualificationType[] = [];
		for (const entityType of entityTypes)
			types.push(...(await qualificationTypes(run, entityType)));
		ids.push(...selectTypes(types, names, label).map(({ id }) => id));
	}
	return limitEntries([...new Set(ids)].sort(), label);
}

/** Resolves names, IDs and external IDs to sorted IDs. @throws InvalidInputError unless exactly one owner matches each */
export async function resolveOwnerIds(
	run: RunContext,
	entityTypes: OwnerEntityType[],
	entries: string[],
): Promise<string[]> {
	const names = entries.filter((entry) => !isSamsaraId(entry));
	const ids = entries.filter(isSamsaraId);
	if (names.length > 0) {
		const found = await ownersNamed(run, entityTypes, names);
		for (const name of names) {
			const owners = found.get(name) ?? [];
			if (owners.length !== 1) throw notExactlyOne(name, owners.length, entityTypes);
			ids.push(owners[0].id);
		}
	}
	return [...new Set(ids)].sort();
}

function notExactlyOne(
	name: string,
	count: number,
	entityTypes: OwnerEntityType[],
): InvalidInputError {
	const owner = entityTypes.map((type) => (type === 'worker' ? 'driver' : 'asset')).join(' or ');
	return count === 0
		? new InvalidInputError(
				`'Owners' contains '${name}', but Samsara has no such ${owner}`,
				"Check the name or ID and 'Belongs To', or pick the owner from the list.",
			)
		: new InvalidInputError(
				`'Owners' contains '${name}', but ${count} drivers or assets have that name`,
				'Pick the owner from the list, or enter the ID.',
			);
}

function isSamsaraId(text: string): boolean {
	return /^\d+$/.test(text) || isUuid(text);
}

function splitIds(text: string): string[] {
	const words = text.split(/\s+/);
	return words.every((word) => isSamsaraId(word)) ? words : [text];
}

function limitEntries(entries: string[], label: string): string[] {
	if (entries.length <= MAX_IDS) return entries;
	throw new InvalidInputError(
		`'${label}' has ${entries.length} entries`,
		`Samsara can filter by up to ${MAX_IDS}. Leave '${label}' empty to watch all, or use several triggers.`,
	);
}
