import { normalize, quote, toText } from './coercion';
import { InvalidInputError } from './errors';

/** In characters; Samsara's own IDs have at most 36. */
export const MAX_ID_LENGTH = 512;

/** True for `.` and `..`, which are steps of a path. Encoding does not help: URL parsers resolve `%2e%2e` as well. */
export function isPathStep(text: string): boolean {
	return /^\.{1,2}$/.test(text);
}

/** True for text that can only be a name: IDs do not contain spaces, and external IDs have a colon. */
export function isName(text: string): boolean {
	return /\s/.test(text) && !text.includes(':');
}

/** True for an external ID such as payrollId:ABFS18600: Samsara's own IDs have no colon. */
export function isExternalId(id: string): boolean {
	return id.includes(':');
}

/**
 * Samsara's own ID, for calls whose documentation mentions no external IDs.
 *
 * @param read reads what an external ID refers to
 */
export async function ownIdOf(
	id: string,
	read: (id: string) => Promise<{ id?: string }>,
): Promise<string> {
	return isExternalId(id) ? String((await read(id)).id) : id;
}

/** @param value what was entered in place of an ID */
export function idError(label: string, value: unknown): InvalidInputError {
	const quoted = quote(value);
	return new InvalidInputError(
		`'${label}' is ${quoted}${quoted === 'empty' ? '' : ', which is not an ID'}`,
		`Pick one from the list, or map an ID or an external ID like payrollId:ABFS18600 to '${label}'.`,
	);
}

/** All IDs of an object: its Samsara ID, and `key:value` for each external ID. */
export function idsOf({ id, externalIds }: { id?: string; externalIds?: object }): string[] {
	return [String(id), ...externalIdStrings(externalIds ?? {})];
}

/** True for the format of the IDs of attributes, qualification types and records, which names do not have. */
export function isUuid(text: string): boolean {
	return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/**
 * Finds the object with an ID or external ID in Samsara's response. Ignores case only if that leaves exactly one match;
 * any other object in the response is a different one.
 */
export function findByAnyId<T extends { id?: string; externalIds?: object }>(
	candidates: T[],
	id: string,
): T | undefined {
	const exact = candidates.find((candidate) => idsOf(candidate).includes(id));
	if (exact) return exact;
	const similar = candidates.filter((candidate) =>
		idsOf(candidate).some((anyId) => normalize(anyId) === normalize(id)),
	);
	return new Set(similar.map((candidate) => candidate.id)).size === 1 ? similar[0] : undefined;
}

/** External IDs by key, as Samsara stores them. */
type ExternalIds = Record<string, string>;

/**
 * Reads the rows of 'External IDs'.
 *
 * @returns undefined if there are none
 * @throws InvalidInputError for an empty key or value, a comma, a colon in a key, or a key used twice
 */
export function readExternalIds(input: unknown): ExternalIds | undefined {
	const rows = ((input ?? {}) as { ids?: unknown }).ids;
	if (!Array.isArray(rows) || rows.length === 0) return undefined;
	const ids: ExternalIds = {};
	for (const row of rows as Array<{ key?: unknown; value?: unknown }>) {
		const key = toText(row.key);
		const value = toText(row.value);
		if ([row.key, row.value].some((part) => typeof part === 'object' && part !== null)) {
			throw new InvalidInputError(
				`'External IDs' has ${quote(row.key)} as a key and ${quote(row.value)} as its value, but both must be text`,
				"Map single values to 'Key' and 'Value'.",
			);
		}
		if (key.includes(',') || value.includes(',')) {
			throw new InvalidInputError(
				`'External IDs' has '${key}:${value}', but an external ID cannot contain a comma`,
				'Take the comma out: with it, nothing could be found by this ID again.',
			);
		}
		if (key === '' || value === '' || key.includes(':') || key in ids) {
			throw new InvalidInputError(
				key in ids
					? `'External IDs' has the key '${key}' twice`
					: key.includes(':')
						? `'External IDs' has the key '${key}', but a key cannot contain a colon`
						: `'External IDs' has the key '${key}' and the value '${value}', but neither can be empty`,
				'Give each external ID a key of its own, like payrollId, and a value, like ABFS18600.',
			);
		}
		ids[key] = value;
	}
	return ids;
}

/** Formats external IDs for a row, e.g. `payrollId:ABFS18600, badge:12`. Each entry is accepted as an ID. */
export function formatExternalIds(externalIds: object = {}): string {
	return externalIdStrings(externalIds).join(', ');
}

/** The IDs that Samsara accepts in place of its own, e.g. `['hrCardId:4711']`. */
export function externalIdStrings(externalIds: object): string[] {
	const ids: string[] = [];
	for (const key in externalIds) ids.push(`${key}:${String((externalIds as ExternalIds)[key])}`);
	return ids;
}

/** Whether an entity has all of these external IDs. */
export function hasExternalIds(
	{ externalIds = {} }: { externalIds?: ExternalIds },
	expected: ExternalIds,
): boolean {
	return Object.entries(expected).every(([key, value]) => externalIds[key] === value);
}

/** Adds external IDs to those that an entity already has. Samsara refuses the keys that it sets itself. */
export function mergeExternalIds(
	{ externalIds = {} }: { externalIds?: object },
	added: ExternalIds = {},
): ExternalIds {
	const existing = Object.entries(externalIds as ExternalIds).filter(
		([key]) => !key.startsWith('samsara.'),
	);
	return { ...Object.fromEntries(existing), ...added };
}
