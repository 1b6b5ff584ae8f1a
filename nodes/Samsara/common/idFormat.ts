/** In characters; Samsara's own IDs have at most 36. */
export const MAX_ID_LENGTH = 512;

/** True for `.` and `..`, which are steps of a path. Encoding does not help: URL parsers resolve `%2e%2e` as well. */
export function isPathStep(text: string): boolean {
	return /^\.{1,2}$/.test(text);
}
