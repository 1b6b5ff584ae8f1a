import type { IDataObject } from 'n8n-workflow';
import { Refusal } from '../refusal';
import { toList } from '../toList';
import { toNumber } from '../toNumber';
import { toText } from '../toText';
import { dateOnly, toRfc3339 } from './dates';

/** What Samsara takes for one member of a driver or asset. */
export interface Member {
	/** What the form calls it. */
	label: string;
	kind: 'text' | 'whole' | 'flag' | 'time' | 'date' | 'choice';
	/** Characters. */
	longest?: number;
	shortest?: number;
	choices?: readonly string[];
}

/** What 'Clear Fields' calls tags, which are no member but a list. */
const TAGS = 'tagIds';

/** Members as Samsara takes them. */
export type Members = Record<string, string | number | boolean>;

/**
 * The members that a person gave, as Samsara takes them. What was not given, or was mapped to nothing or to an empty
 * cell, is left out; texts among 'Clear Fields' are emptied.
 *
 * @param given a collection of the form
 * @param zone of times without an offset
 * @throws Refusal for a value that breaks Samsara's documented limits
 */
export function readMembers(
	given: IDataObject,
	members: Record<string, Member>,
	zone?: string,
): Members {
	const read: Members = {};
	for (const [name, member] of Object.entries(members)) {
		const value = given[name];
		if (!isEmpty(value)) read[name] = readMember(value, member, zone);
	}
	for (const name of clearedFields(given, members)) {
		if (name === TAGS) continue;
		if (name in read) throw clearedAndGiven(members[name].label);
		read[name] = '';
	}
	return read;
}

/**
 * The tags that an entity is to have.
 *
 * @returns undefined where they stay, also for an empty cell; an empty list takes all off
 * @throws Refusal for tags both given and among 'Clear Fields'
 */
export function givenTags(given: IDataObject, members: Record<string, Member>): unknown {
	const tags = isEmpty(given[TAGS]) ? undefined : given[TAGS];
	if (!clearedFields(given, members).includes(TAGS)) return tags;
	if (Array.isArray(tags) ? tags.length > 0 : tags !== undefined) throw clearedAndGiven('Tags');
	return [];
}

/** What can be emptied: `{name, value}` of texts that Samsara does not require, and the tags. */
export function clearableFields(members: Record<string, Member>) {
	return [
		...Object.entries(members)
			.filter(([, { kind, shortest = 0 }]) => kind === 'text' && shortest === 0)
			.map(([value, { label }]) => ({ name: label, value })),
		{ name: 'Tags', value: TAGS },
	].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws Refusal for a field that cannot be emptied */
function clearedFields({ clearFields }: IDataObject, members: Record<string, Member>): string[] {
	const names = toList(clearFields);
	const clearable = clearableFields(members);
	const unknown = names.find((name) => !clearable.some(({ value }) => value === name));
	if (unknown === undefined) return names;
	throw new Refusal(
		`'Clear Fields' has '${unknown}', which cannot be cleared`,
		`Choose from: ${clearable.map(({ value }) => value).join(', ')}.`,
	);
}

function clearedAndGiven(label: string): Refusal {
	return new Refusal(
		`'Clear Fields' names '${label}', which gets a value too`,
		`Take it out of 'Clear Fields', or leave '${label}' empty.`,
	);
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** One member. @throws Refusal */
export function readMember(
	value: unknown,
	{ label, kind, longest, shortest = 0, choices = [] }: Member,
	zone?: string,
): string | number | boolean {
	switch (kind) {
		case 'flag':
			return value === true || value === 'true';
		case 'whole':
			return whole(value, label);
		case 'time':
			return toRfc3339(value, label, zone);
		case 'date':
			return dateOnly(value, label);
		default:
	}
	if (typeof value === 'object') {
		throw new Refusal(`'${label}' is not text`, `Map a single value to '${label}'.`);
	}
	const text = String(value).trim();
	if (kind === 'choice' && !choices.includes(text)) {
		throw new Refusal(`'${label}' is '${text}'`, `Choose one of ${choices.join(', ')}.`);
	}
	if (longest !== undefined && text.length > longest) {
		throw new Refusal(
			`'${label}' has ${text.length} characters`,
			`Samsara takes at most ${longest} in '${label}'. Shorten it.`,
		);
	}
	if (text.length < shortest) {
		throw new Refusal(
			text === '' ? `'${label}' is empty` : `'${label}' has ${text.length} characters`,
			`Samsara wants at least ${shortest} in '${label}'.`,
		);
	}
	return text;
}

function whole(value: unknown, label: string): number {
	const number = toNumber(value);
	if (!Number.isInteger(number) || number < 0) {
		throw new Refusal(
			`'${label}' is '${toText(value)}'`,
			`Give '${label}' a whole number from 0 up.`,
		);
	}
	return number;
}

/**
 * External IDs from the form's rows.
 *
 * @returns undefined where there are none
 * @throws Refusal for a key or value that is empty, a comma, a key with a colon, or one given twice
 */
export function readExternalIds(given: unknown): Record<string, string> | undefined {
	const rows = ((given ?? {}) as { ids?: unknown }).ids;
	if (!Array.isArray(rows) || rows.length === 0) return undefined;
	const ids: Record<string, string> = {};
	for (const row of rows as Array<{ key?: unknown; value?: unknown }>) {
		const key = toText(row.key);
		const value = toText(row.value);
		if ([row.key, row.value].some((part) => typeof part === 'object' && part !== null)) {
			throw new Refusal(
				`'External IDs' has the key '${key}' and the value '${value}', which are not both text`,
				"Map single values to 'Key' and 'Value'.",
			);
		}
		if (key.includes(',') || value.includes(',')) {
			throw new Refusal(
				`'External IDs' has '${key}:${value}', but an external ID cannot contain a comma`,
				'Take the comma out: with it, nothing could be found by this ID again.',
			);
		}
		if (key === '' || value === '' || key.includes(':') || key in ids) {
			throw new Refusal(
				`'External IDs' has the key '${key}' and the value '${value}'`,
				'Give each external ID a key of its own without a colon, like payrollId, and a value, like ABFS18600.',
			);
		}
		ids[key] = value;
	}
	return ids;
}
