import { toText } from './toText';

/** Text for comparing names and IDs as people type them: without surrounding spaces, in lower case. */
export function normalize(value: unknown): string {
	return toText(value).toLowerCase();
}
