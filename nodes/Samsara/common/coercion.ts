/** Converts any value to trimmed text; null and undefined become empty text. */
export function toText(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') return JSON.stringify(value) ?? '';
	return String(value);
}

const MAX_QUOTED_CHARS = 200;

/** How messages show a value that was entered: in single quotes, or what it is if it is not a single value. */
export function quote(value: unknown): string {
	if (typeof value === 'object' && value !== null)
		return Array.isArray(value) ? 'a list' : 'an object';
	const text = toText(value);
	if (text === '') return 'empty';
	return text.length > MAX_QUOTED_CHARS ? `'${text.slice(0, MAX_QUOTED_CHARS)}…'` : `'${text}'`;
}

/** A decimal number. Other notations that JavaScript accepts, such as `0x10` and `Infinity`, are probably typos. */
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Converts a finite number, or text that contains one, to a number, and anything else to NaN. Never throws. */
export function toNumber(value: unknown): number {
	const isNumeric =
		typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value.trim()));
	const number = isNumeric ? Number(value) : NaN;
	return Number.isFinite(number) ? number : NaN;
}

/** Text for comparing names and IDs as people type them: without surrounding spaces, in lower case. */
export function normalize(value: unknown): string {
	return toText(value).toLowerCase();
}

/** Whether a value is an object, but not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Converts a list, or comma-separated text, to a list of texts. Empty entries are left out. */
export function toList(value: unknown): string[] {
	const entries = Array.isArray(value) ? (value as unknown[]) : toText(value).split(',');
	return entries.map(toText).filter((entry) => entry !== '');
}

/**
 * Splits text at line breaks and commas. A piece with commas stays whole if it is a value itself; the longest one counts.
 * Pieces are trimmed; empty ones are left out.
 *
 * @param isValue whether a text, comma included, is one value
 */
export function splitText(text: string, isValue: (text: string) => boolean): string[] {
	return text.split(/\r?\n/).flatMap((line) => {
		const parts = line.split(',');
		const pieces: string[] = [];
		for (let from = 0; from < parts.length; ) {
			let to = parts.length;
			while (to > from + 1 && !isValue(parts.slice(from, to).join(',').trim())) to--;
			pieces.push(parts.slice(from, to).join(',').trim());
			from = to;
		}
		return pieces.filter((piece) => piece !== '');
	});
}
