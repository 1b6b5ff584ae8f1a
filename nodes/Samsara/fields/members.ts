import type { IDataObject } from 'n8n-workflow';
import { Refusal } from '../refusal';
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

/** Members as Samsara takes them. */
export type Members = Record<string, string | number | boolean>;

/**
 * The members that a person gave, as Samsara takes them; what was not given, or was mapped to nothing, is left out.
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
		if (value !== undefined && value !== null) read[name] = readMember(value, member, zone);
	}
	return read;
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
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = isText || typeof value === 'number' ? Number(value) : NaN;
	if (!Number.isInteger(number) || number < 0) {
		throw new Refusal(
			`'${label}' is '${typeof value === 'object' ? JSON.stringify(value) : String(value)}'`,
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
		const key = String(row.key ?? '').trim();
		const value = String(row.value ?? '').trim();
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
