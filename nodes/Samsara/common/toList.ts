import { toText } from './toText';

/** A list of IDs or names, or text with commas between them. Empty entries are left out. */
export function toList(value: unknown): string[] {
	const entries = Array.isArray(value) ? (value as unknown[]) : toText(value).split(',');
	return entries.map(toText).filter((entry) => entry !== '');
}
