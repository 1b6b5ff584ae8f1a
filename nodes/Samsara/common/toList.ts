import { toText } from './toText';

/** Converts a list, or comma-separated text, to a list of texts. Empty entries are left out. */
export function toList(value: unknown): string[] {
	const entries = Array.isArray(value) ? (value as unknown[]) : toText(value).split(',');
	return entries.map(toText).filter((entry) => entry !== '');
}
